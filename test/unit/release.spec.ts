import { existsSync, readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { releasedChangelog, releaseNotes } from '../../packaging/release-notes.mjs';

interface Workflow {
  on: { push: { tags: string[] } };
  permissions: Record<string, string>;
  jobs: Record<
    string,
    { needs?: string | string[]; permissions?: Record<string, string>; steps: { run?: string }[] }
  >;
}

const CHANGELOG = `# Changelog

## [Unreleased]

- Later.

## [0.2.0] - 2026-12-24

### Added

- A demo.

## [0.1.0] - 2026-11-23

- First.

[0.2.0]: https://example.com
`;

describe('a release', () => {
  const workflow = load(readFileSync('.github/workflows/release.yml', 'utf8')) as Workflow;
  const { jobs } = workflow;
  const runs = (job: string) => (jobs[job]?.steps ?? []).map(({ run = '' }) => run).join('\n');

  it('has the section of its version as notes, and nothing of another one', () => {
    expect(releaseNotes(CHANGELOG, '0.2.0')).toBe('### Added\n\n- A demo.');
    expect(releaseNotes(CHANGELOG, '0.1.0')).toBe('- First.');
    expect(() => releaseNotes(CHANGELOG, '0.3.0')).toThrow('has no section of 0.3.0');
  });

  it('dates what is unreleased, and begins anew', () => {
    const released = releasedChangelog(CHANGELOG, '0.3.0', '2027-01-15');
    expect(released).toContain('## [Unreleased]\n\n## [0.3.0] - 2027-01-15\n\n- Later.\n');
    expect(releaseNotes(released, '0.3.0')).toBe('- Later.');
    expect(releaseNotes(released, '0.2.0')).toBe(releaseNotes(CHANGELOG, '0.2.0'));
    expect(() => releasedChangelog(released, '0.4.0', '2027-02-01')).toThrow('Unreleased');
  });

  it('is one "npm version": it dates the changelog and writes the documents into the same commit', () => {
    const { version } = (
      JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }
    ).scripts;
    expect(version).toMatch(/^node packaging\/release-notes\.mjs --date \$npm_package_version && /);
    expect(version).toMatch(/ && npm run documents && git add .*CHANGELOG\.md/);
  });

  it('finds the notes of the released version in CHANGELOG.md', () => {
    expect(releaseNotes(readFileSync('CHANGELOG.md', 'utf8'), '0.1.0')).toContain('- ');
  });

  it('begins with a tag, and publishes nothing before the tests have passed', () => {
    expect(workflow.on.push.tags).toEqual(['v*.*.*']);
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(runs('check')).toContain('.ci/run');
    expect([jobs.package?.needs, jobs.image?.needs]).toEqual(['check', 'check']);
    expect(jobs.notes?.needs).toEqual(['package', 'image']);
  });

  // Of a folder npm publishes the package.json as it is after packing: with the dependencies of the clone.
  it('publishes the package that npm pack has made, with its provenance', () => {
    expect(runs('package')).toMatch(/npm pack$/m);
    expect(runs('package')).toMatch(/npm publish \S*\.tgz --provenance/);
    expect(jobs.package?.permissions).toMatchObject({ 'id-token': 'write' });
  });

  it('runs scripts that exist', () => {
    for (const job of Object.keys(jobs)) {
      for (const [path] of runs(job).matchAll(/packaging\/[\w.-]+|\.ci\/run/g)) {
        expect([path, existsSync(path)]).toEqual([path, true]);
      }
    }
  });
});
