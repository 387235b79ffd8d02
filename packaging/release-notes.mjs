import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The section of one version in a changelog of the form of keepachangelog.
 *
 * @throws Error if there is none, or it is empty
 */
export function releaseNotes(changelog, version) {
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((each) => each.startsWith(`[${version}]`));
  const notes = section
    ?.slice(section.indexOf('\n'))
    .replace(/^\[[^\]]+\]: .*$/gm, '')
    .trim();
  if (!notes) throw new Error(`CHANGELOG.md has no section of ${version}`);
  return notes;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(`${releaseNotes(readFileSync('CHANGELOG.md', 'utf8'), process.argv[2])}\n`);
}
