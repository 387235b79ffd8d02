import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { program } from '../../src/cli/program.js';
import { Settings } from '../../src/config/settings.js';
import { VERSION } from '../../src/config/version.js';
import { RATE_EVENTS } from '../../src/events/rate-event.js';
import { documentedRoutes } from '../support/documented-routes.js';

const languages = ['docs/reference', 'docs/ru/reference'].filter((folder) => existsSync(folder));
/** Routes outside the OpenAPI document. */
const BESIDE_OPENAPI = [
  'GET /',
  'GET /embed/{codes}',
  'GET /docs',
  'GET /openapi.json',
  'GET /asyncapi.json',
  'GET /ws/rates',
];

/** Cells of the table rows whose first cell is one name in backticks, or all rows with `column`. */
function rowsOf(page: string, column = 0): string[][] {
  return page
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split(/(?<!\\)\|/).slice(1, -1))
    .map((cells) => cells.map((cell) => cell.trim()))
    .filter((cells) => /^`[^`]+`$/.test(cells[column] ?? ''));
}

const named = (cell = '') => cell.replaceAll('`', '');
const sorted = (names: Iterable<string>) => [...new Set(names)].sort();

/** Text of `## heading`, up to the next one. */
function sectionOf(page: string, heading: string): string {
  const [, rest = ''] = page.split(`\n## ${heading}\n`);
  return rest.split('\n## ')[0] ?? '';
}

function sourcesBelow(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}

describe.each(languages)('%s', (folder) => {
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');

  it('settings.md has every setting with its default, and no other', () => {
    const rows = rowsOf(read('settings.md'));
    const settings = Object.entries(new Settings()) as [string, string | number][];
    const shown = settings.map(([name, value]) => `${name} ${String(value)}`);
    const listed = rows.map(([name, value]) => {
      const text = named(value)
        .replace(/^(?:empty|пусто)$/, '')
        .replace('<version>', VERSION);
      return `${named(name)} ${text}`;
    });
    expect([...listed].sort()).toEqual(shown.sort());
  });

  it('commands.md has every command with its options, and no other', () => {
    const page = read('commands.md');
    const { commands } = program();
    const listed = rowsOf(page.replace(/\[(`[^`]+`)\]\([^)]*\)/g, '$1').split('\n## ')[0] ?? '');
    expect(listed.map(([name]) => named(name))).toEqual(commands.map((each) => each.name()));
    for (const command of commands) {
      const section = sectionOf(page, command.name());
      const flags = rowsOf(section).map(([flag]) => named(flag));
      expect([command.name(), flags]).toEqual([
        command.name(),
        command.options.map((option) => option.flags),
      ]);
      for (const argument of command.registeredArguments.filter((each) => each.required)) {
        const shown = argument.argChoices?.[0] ?? `<${argument.name()}>`;
        expect(section).toContain(`\`kurs ${command.name()} ${shown}`);
      }
    }
  });

  it('errors.md has every code of the error classes, and no other', () => {
    const page = read('errors.md');
    const sources = sourcesBelow('src');
    const thrown = sources.matchAll(/(?:super|Error)\(\s*'([a-z]+\.[a-z_]+)'/g);
    const broken = sources.matchAll(/code: '(http\.[a-z_]+)'|'(http\.[a-z_]+)'/g);
    const bank = /export type CbrFailure =([\s\S]*?);/.exec(sources)?.[1] ?? '';
    const codes = sorted([
      ...[...thrown].map(([, code = '']) => code),
      ...[...broken].map(([, code, other = '']) => code ?? other),
      ...[...bank.matchAll(/\| '([a-z_]+)'/g)].map(([, failure]) => `cbr.${failure}`),
    ]);
    expect(codes.length).toBeGreaterThan(100);
    const rows = rowsOf(page, 1).map(([, code]) => named(code));
    expect(rows).toEqual([...new Set(rows)]);
    const inText = [...page.matchAll(/`((?:database|nats)\.[a-z_]+)`/g)].map(
      ([, code = '']) => code,
    );
    expect(sorted([...rows, ...inText])).toEqual(codes);
  });

  it('errors.md has the status of every error class', () => {
    const shown = new Map(
      rowsOf(read('errors.md'), 1).map(([status, code]) => [named(code), status]),
    );
    const classes = sourcesBelow('src').matchAll(/extends KursError \{([\s\S]*?)\n\}/g);
    for (const [, body = ''] of classes) {
      const [, status] = /override readonly status = (\d+)/.exec(body) ?? [];
      if (status === undefined) continue;
      for (const [, code = ''] of body.matchAll(/(?:super|Error)\(\s*'([a-z]+\.[a-z_]+)'/g)) {
        // An error of a command may be one of a request elsewhere: the page tells its exit code.
        expect([code, shown.get(code)]).toEqual([code, expect.stringMatching(`^(?:${status}|1)$`)]);
      }
    }
  });

  it('events.md has every kind, field and message, and no other', () => {
    const page = read('events.md');
    const [example = ''] = /(?<=```json\n)[\s\S]*?(?=```)/.exec(page) ?? [];
    const schemas = JSON.parse(readFileSync('docs/asyncapi.json', 'utf8')) as {
      components: { schemas: Record<string, { properties?: Record<string, { const?: string }> }> };
    };
    const { RateEvent, ...others } = schemas.components.schemas;
    const fields = sorted(Object.keys(RateEvent?.properties ?? {}));
    expect(sorted(Object.keys(JSON.parse(example) as object))).toEqual(fields);
    const sent = ['snapshot', 'resyncRequired', 'subscribed', 'pong', 'socketError'];
    const messages = sent.map((name) => others[name]?.properties?.event?.const ?? name);
    const first = rowsOf(page).map(([name]) => named(name));
    expect(sorted(first)).toEqual(sorted([...fields, ...RATE_EVENTS, ...messages]));
  });

  // Mirrors are addresses of other services, with a guide of their own.
  it('http.md has every route of Kurs itself, and no other', () => {
    const routes = [...read('http.md').matchAll(/`((?:GET|POST|PATCH|DELETE) \/[^\s?&`]*)/g)];
    const documented = documentedRoutes()
      .filter(({ isMirror }) => !isMirror)
      .map(({ method, path }) => `${method} ${path}`);
    expect(sorted(routes.map(([, route = '']) => route))).toEqual(
      sorted([...documented, ...BESIDE_OPENAPI]),
    );
  });
});
