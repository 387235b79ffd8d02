import { readFileSync, writeFileSync } from 'node:fs';
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

/**
 * The changelog with what is unreleased as the section of a version, and an empty section for what comes next.
 *
 * @throws Error if nothing is unreleased
 */
export function releasedChangelog(changelog, version, date) {
  releaseNotes(changelog, 'Unreleased');
  return changelog.replace('## [Unreleased]', `## [Unreleased]\n\n## [${version}] - ${date}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const changelog = readFileSync('CHANGELOG.md', 'utf8');
  const [, , first, version] = process.argv;
  if (first === '--date') {
    const today = new Date().toISOString().slice(0, 'YYYY-MM-DD'.length);
    writeFileSync('CHANGELOG.md', releasedChangelog(changelog, version, today));
  } else {
    process.stdout.write(`${releaseNotes(changelog, first)}\n`);
  }
}
