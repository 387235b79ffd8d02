import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { eventually } from '../support/eventually.js';
import { FakeBank } from '../support/fake-bank.js';
import { sheetXml, USD } from '../support/sheet-builder.js';

const run = promisify(execFile);

/** Everything below a folder, by its path in it. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

describe('the package', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kurs-package-'));
  const unpacked = join(folder, 'node_modules', 'kurs');
  let files: string[];

  beforeAll(async () => {
    // What prepack does has been done: other tests use dist/ now.
    const words = ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder];
    await run('npm', words);
    const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';
    mkdirSync(unpacked, { recursive: true });
    await run('tar', ['-xzf', join(folder, tarball), '-C', unpacked, '--strip-components=1']);
    files = filesBelow(unpacked);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('contains the build, the clients and the documents for operators', () => {
    const built = filesBelow('src')
      .filter((name) => name.endsWith('.ts') && !/\.(?:spec|d)\.ts$/.test(name))
      .map((name) => join('dist', name.replace(/\.ts$/, '.js')));
    const documents = ['LICENSE', 'README.md', 'README.ru.md', 'CHANGELOG.md', 'SECURITY.md'];
    const operations = ['docs/operations/install.md', 'docs/openapi.json', 'deploy/kurs.service'];
    const clients = filesBelow('clients/js')
      .filter((name) => !name.startsWith('src/'))
      .map((name) => join('clients/js', name));
    expect(files).toEqual(
      expect.arrayContaining([...built, ...documents, ...operations, ...clients, 'package.json']),
    );
  });

  it('contains no sources, tests, settings or paths of the build machine', () => {
    const places = new Set(files.map((name) => name.split('/')[0]));
    places.delete('dist');
    expect([...places].sort()).toEqual([
      ...['CHANGELOG.md', 'LICENSE', 'README.md', 'README.ru.md', 'SECURITY.md'],
      ...['clients', 'deploy', 'docs', 'package.json'],
    ]);
    const strays = /\.env|\.spec\.|\.tsbuildinfo|\.map$|\.(?:db|sqlite|log|tgz)$|(?<!\.d)\.ts$/;
    expect(files.filter((name) => strays.test(name))).toEqual([]);
  });

  it('bundles no package, and needs no npm settings for peer dependencies', async () => {
    expect(files.filter((name) => name.startsWith('node_modules/'))).toEqual([]);
    expect(existsSync('.npmrc')).toBe(false);
    // Fails where a peer is missing or has another version than it should.
    await run('npm', ['ls', '--all', '--omit=dev', '--no-legacy-peer-deps']);
  });

  it('starts in an empty folder by its bin', async () => {
    for (const name of readdirSync('node_modules')) {
      const link = join(folder, 'node_modules', name);
      if (!existsSync(link)) symlinkSync(resolve('node_modules', name), link);
    }
    const bank = await FakeBank.start();
    bank.publish(sheetXml('25.04.2026', [USD]));
    const cwd = mkdtempSync(join(tmpdir(), 'kurs-empty-'));
    const env = { PATH: process.env.PATH, PORT: '0', CBR_BASE_URL: bank.url, BACKFILL_DAYS: '0' };
    const bin = join(unpacked, 'dist/cli/kurs.js');
    const child = spawn(process.execPath, [bin, 'start'], { cwd, env });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    }
    await eventually('the packed service has fetched', () => output.includes('saved 1 records'));
    const [, url = ''] = /Kurs answers on (\S+)/.exec(output) ?? [];
    const { stdout } = await run(process.execPath, [bin, 'status', '--url', url], { cwd, env });
    expect(stdout).toMatch(/^sheet +2026-04-25/m);
    expect((await fetch(`${url}/docs`)).status).toBe(200);
    expect(readdirSync(cwd)).toEqual(['data']);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    await bank.stop();
  });
});
