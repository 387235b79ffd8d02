import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VERSION } from '../../src/config/version.js';
import { withCommandHost } from '../support/command-host.js';
import { runCommand } from '../support/command-process.js';

/** Nothing answers there. */
const NOWHERE = {
  CBR_BASE_URL: 'http://127.0.0.1:9',
  DATABASE_URL: 'postgres://127.0.0.1:9/none',
  NATS_URL: 'nats://127.0.0.1:9',
};

describe('the command line', () => {
  const host = withCommandHost();

  it('prints help, version and keys without a database, broker or bank', async () => {
    const [help, version, key] = await Promise.all([
      runCommand(NOWHERE, '--help'),
      runCommand(NOWHERE, '--version'),
      runCommand({ PORT: 'none' }, 'keys:create', '--name', 'me', '--scope', 'write'),
    ]);
    expect(help).toMatchObject({ code: 0, complained: '' });
    for (const name of ['start', 'fetch', 'export', 'restore', 'doctor', 'import-original']) {
      expect(help.said).toMatch(new RegExp(`^  ${name} `, 'm'));
    }
    expect(help.said).toMatch(/64 +invalid command line/);
    expect(version).toMatchObject({ code: 0, said: `${VERSION}\n` });
    expect(key).toMatchObject({
      code: 0,
      said: expect.stringMatching(/me:write:[0-9a-f]{64}\n$/) as string,
    });
  });

  it('loads neither Nest nor TypeORM to print help', async () => {
    const coverage = mkdtempSync(join(tmpdir(), 'kurs-loaded-'));
    await runCommand({ NODE_V8_COVERAGE: coverage }, '--help');
    const [file = ''] = readdirSync(coverage);
    const report = readFileSync(join(coverage, file), 'utf8');
    const { result } = JSON.parse(report) as { result: { url: string }[] };
    const loaded = result.map(({ url }) => /node_modules\/(@?[^/]+)/.exec(url)?.[1]);
    expect(loaded).toContain('commander');
    expect(loaded.filter((name) => name === '@nestjs' || name === 'typeorm')).toEqual([]);
  });

  it.each([
    [['nonsense'], /unknown command 'nonsense'/],
    [
      ['export', '--format', 'xml'],
      /'--format <format>' argument 'xml' is invalid. Allowed choices are csv, ndjson, json/,
    ],
    [['restore'], /missing required argument 'file'/],
    [['documents', 'html'], /Allowed choices are openapi, asyncapi/],
    [['events:republish'], /required option '--since <seq>' not specified/],
    [['backfill', '--sheets', '--codes', 'USD'], /^error: --codes cannot be used with --sheets\n/],
    [['keys:create', '--name', 'me', '--scope', 'all'], /Expected write, tasks or write\+tasks/],
  ])(
    'exits with 64 for %j, and prints the reason and the usage',
    async ([name = '', ...words], reason) => {
      const { code, said, complained } = await host.run(NOWHERE, name, ...words);
      expect([code, said]).toEqual([64, '']);
      expect(complained).toMatch(reason);
      expect(complained).toMatch(/^Usage: kurs /m);
    },
  );

  it('prints the document that the service would serve with the same settings', async () => {
    const { code, said } = await runCommand({ NATS_SUBJECT_PREFIX: 'fx' }, 'documents', 'asyncapi');
    expect(code).toBe(0);
    expect(said).toContain('"fx.events.{event}.{code}"');
  });
});
