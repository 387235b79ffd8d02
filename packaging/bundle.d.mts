interface Manifest {
  optionalDependencies: Record<string, string>;
}

export function packedManifest<Whole extends Manifest>(
  manifest: Whole,
): Whole & { bundleDependencies: string[] };
