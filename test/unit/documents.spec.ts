import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, normalize } from 'node:path';
import { program } from '../../src/cli/program.js';
import { documentPaths } from '../support/documents.js';
import { documentedRoutes } from '../support/documented-routes.js';
import { anchorsIn, linksIn } from '../support/markdown.js';

const KILOBYTE = 1000;
const paths = documentPaths();
const read = (path: string) => readFileSync(path, 'utf8');
/** The changelog tells what was true then. */
const present = paths.filter((path) => path !== 'CHANGELOG.md');
const pages = paths.filter((path) => path.startsWith('docs/') && !path.endsWith('README.md'));
const contents = { 'docs/README.md': false, 'docs/ru/README.md': true };
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

describe('documents', () => {
  it.each(paths)('the links of %s lead to files and headings that exist', (path) => {
    const broken = linksIn(read(path)).filter((link) => {
      if (/^[a-z]+:/.test(link)) return false;
      const [file = '', anchor] = decodeURI(link).split('#');
      const target = file === '' ? path : normalize(`${dirname(path)}/${file}`);
      if (!existsSync(target)) return true;
      return anchor !== undefined && target.endsWith('.md') && !anchorsIn(read(target)).has(anchor);
    });
    expect(broken).toEqual([]);
  });

  it('the front doors stay short', () => {
    expect(statSync('README.md').size).toBeLessThanOrEqual(9 * KILOBYTE);
    expect(statSync('README.ru.md').size).toBeLessThanOrEqual(17 * KILOBYTE);
  });

  it('the comparison of the front doors has eight rows, alike in both languages', () => {
    const [english = [], russian = []] = ['README.md', 'README.ru.md'].map((path) =>
      read(path)
        .split('\n')
        .filter((line) => line.startsWith('| ') && !line.startsWith('| ---'))
        .map((row) => [...row.matchAll(/https:[^)]+/g)].map(([address]) => address)),
    );
    expect(english).toHaveLength(9);
    expect(russian).toEqual(english);
  });

  it.each(Object.entries(contents))('%s lists every page of its language', (path, isRussian) => {
    const listed = linksIn(read(path)).map((link) => normalize(`${dirname(path)}/${link}`));
    const own = pages.filter((page) => page.startsWith('docs/ru/') === isRussian);
    const expected = own.filter((page) => !page.startsWith('docs/adr/'));
    expect(expected.filter((page) => !listed.includes(page))).toEqual([]);
  });

  it('the table of rooms has every folder of src', () => {
    const table = read('docs/explanations/rate-journey.md');
    const folders = readdirSync('src', { withFileTypes: true }).filter((each) =>
      each.isDirectory(),
    );
    const missing = folders.filter(({ name }) => !table.includes(`| \`${name}/`));
    expect(missing.map(({ name }) => name)).toEqual([]);
  });

  it('every decision is listed', () => {
    const listed = linksIn(read('docs/adr/README.md')).map((link) => `docs/adr/${link}`);
    expect(listed).toEqual(pages.filter((page) => page.startsWith('docs/adr/')));
  });

  it('what users read is there in Russian', () => {
    const own = pages.filter((page) =>
      /^docs\/(?:quick-start|guides|reference|operations)/.test(page),
    );
    expect(
      own.map((page) => page.replace('docs/', 'docs/ru/')).filter((page) => !existsSync(page)),
    ).toEqual([]);
  });

  it.each(present)('%s names commands and options that exist', (path) => {
    const commands = new Map(program().commands.map((each) => [each.name(), each.options]));
    const named = read(path).matchAll(
      /(?:npm run kurs -- |(?:^|[`$&(]) *kurs |dist\/cli\/kurs\.js )([a-z][\w:-]*)([^\n`|]*)/gm,
    );
    for (const [words, name = '', rest = ''] of named) {
      const options = commands.get(name)?.map(({ long }) => long);
      expect([words, options]).toEqual([words, expect.any(Array)]);
      const used = [...rest.matchAll(/(?<= )--[a-z][a-z-]*/g)].map(([flag]) => flag);
      expect(options).toEqual(expect.arrayContaining(used));
    }
    const run = [...read(path).matchAll(/npm run ([a-z][\w:-]*)/g)].map(
      ([, script = '']) => script,
    );
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(run));
    expect(read(path)).not.toMatch(/npx kurs/);
  });

  it.each(present)('%s shows addresses that exist', (path) => {
    const routes = documentedRoutes().map(
      (route) =>
        new RegExp(
          `^${route.path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}(?:\\.csv|\\.ndjson|\\.json)?$`,
        ),
    );
    const shown = read(path).matchAll(
      /(?:127\.0\.0\.1:3000|\bU)(\/(?:v1|rates|tasks|health|metrics)[^\s'"`?>)#\]]*)/g,
    );
    const unknown = [...shown]
      .map(([, address = '']) => address)
      .filter((address) => !routes.some((route) => route.test(address)));
    expect(unknown).toEqual([]);
  });
});
