interface Manifest {
  optionalDependencies: Record<string, string>;
}

export function packedManifest<Whole extends Manifest>(
  manifest: Whole,
  installed: { hasDriver: boolean },
): Whole & { bundleDependencies: string[] };

export function packedDriver(manifest: Record<string, unknown>): Record<string, unknown>;
