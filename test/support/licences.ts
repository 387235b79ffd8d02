import { readFileSync } from 'node:fs';

/** SPDX names of licences whose code may be shipped with this package. */
const ALLOWED = new Set([
  ...['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0'],
  ...['BlueOak-1.0.0', 'Python-2.0', 'Unlicense'],
]);

/** A package installed with the service. */
export interface LicensedPackage {
  name: string;
  version: string;
  licence: string;
}

interface LockedPackage {
  /** Where the folder has another name: an alias. */
  name?: string;
  version: string;
  license?: string;
  dev?: boolean;
}

/** All packages that `npm ci --omit=dev` installs, on any platform, by name. */
export function productionPackages(): LicensedPackage[] {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, LockedPackage>;
  };
  const found = Object.entries(lock.packages)
    .filter(([path, { dev }]) => path !== '' && dev !== true)
    .map(([path, { version, license, name }]) => ({
      name: name ?? path.replace(/^.*node_modules\//, ''),
      version,
      licence: license ?? licenceInManifest(path),
    }));
  const lines = new Map(found.map((each) => [`${each.name} ${each.version}`, each]));
  return [...lines.entries()]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, each]) => each);
}

/** Whether one of the offered licences is allowed: `(MIT OR WTFPL)` offers two. */
export function isAllowed(licence: string): boolean {
  if (licence.includes(' AND ')) return false;
  return licence
    .replace(/^\((.*)\)$/, '$1')
    .split(' OR ')
    .some((offered) => ALLOWED.has(offered));
}

/** Content of docs/licences.md. */
export function licencesPage(): string {
  const rows = productionPackages().map(
    ({ name, version, licence }) => `- ${name} ${version}: ${licence}`,
  );
  return `# Licences\n\nWhat is installed with Kurs, and under which licence; \`npm run licences\` writes this page.\n\n${rows.join('\n')}\n`;
}

/** Packages older than npm's `license` field have a list. */
function licenceInManifest(path: string): string {
  const { license, licenses } = JSON.parse(readFileSync(`${path}/package.json`, 'utf8')) as {
    license?: string;
    licenses?: { type: string }[];
  };
  return license ?? licenses?.map(({ type }) => type).join(' AND ') ?? 'none';
}
