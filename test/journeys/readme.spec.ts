import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { Settings } from '../../src/config/settings.js';
import { VERSION } from '../../src/config/version.js';
import { createSqlite, type TestDatabase } from '../support/databases.js';
import { FakeBank } from '../support/fake-bank.js';
import { getJson } from '../support/json.js';
import { type RunningKurs, startKurs } from '../support/kurs.js';
import { IRR, JPY, sheetXml, USD } from '../support/sheet-builder.js';
import { TestClock } from '../support/test-clock.js';

const EXAMPLE = /<!-- tested -->\s*```console\n\$ (curl .*)\n(.*)\n```/g;
/** What differs from one run to the next. */
const VOLATILE = /"(id|created_at|effective_date|request_id)":("[^"]*"|\d+)/g;

describe('README', () => {
  let bank: FakeBank;
  let database: TestDatabase;
  let kurs: RunningKurs;

  beforeAll(async () => {
    bank = await FakeBank.start();
    bank.publish(sheetXml('25.04.2026', [USD, JPY, IRR]));
    database = await createSqlite();
    // The Sunday that the examples speak of.
    const clock = new TestClock('2026-04-26T09:00:00Z');
    kurs = await startKurs({ CBR_BASE_URL: bank.url, DATABASE_URL: database.url }, clock);
  });

  afterAll(async () => {
    await kurs.stop();
    await database.drop();
    await bank.stop();
  });

  const readmes = ['README.md', 'README.ru.md'];

  it.each(readmes)('%s shows what the service really answers', async (file) => {
    const examples = [...readFileSync(file, 'utf8').matchAll(EXAMPLE)];
    expect(examples.length).toBeGreaterThanOrEqual(5);
    for (const [, command = '', expected = ''] of examples) {
      const here = command.replaceAll('http://127.0.0.1:3000', kurs.url);
      const { stdout } = await promisify(execFile)('sh', ['-c', here.replace('curl', 'curl -s')]);
      expect(stdout.replace(VOLATILE, '')).toBe(expected.replace(VOLATILE, ''));
      if (command.includes('/rates/create')) await removeCreated(stdout);
    }
  });

  /** So that the examples of the other language find what these found. */
  const removeCreated = async (created: string) => {
    const { id } = JSON.parse(created) as { id: number };
    await fetch(`${kurs.url}/rates/delete?rate_id=${id}`, { method: 'DELETE' });
  };

  it.each(readmes)('%s names every setting with its default', (file) => {
    const text = readFileSync(file, 'utf8');
    for (const [name, value] of Object.entries(new Settings()) as [string, string | number][]) {
      const shown = String(value).replace(VERSION, '<version>');
      const row = text.split('\n').find((line) => line.startsWith(`| \`${name}\``)) ?? '';
      expect(row.split('|')[2]?.trim()).toMatch(
        shown === '' ? /^(empty|пусто)$/ : new RegExp(`^\`${shown.replace(/[.*?]/g, '\\$&')}\`$`),
      );
    }
  });

  it.each(readmes)('%s names every route', async (file) => {
    const text = readFileSync(file, 'utf8');
    const { paths } = await getJson<{ paths: Record<string, object> }>(`${kurs.url}/openapi.json`);
    for (const [path, operations] of Object.entries(paths)) {
      for (const method of Object.keys(operations)) {
        expect(text).toContain(`${method.toUpperCase()} ${path}`);
      }
    }
  });
});
