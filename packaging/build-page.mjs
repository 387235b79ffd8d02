import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { minifySync } from '@swc/core';

/**
 * The last step of `npm run build`: writes into dist/dashboard/files/ what browsers get of the page. Modules stay
 * modules, one file each, without the names and spaces that only people need; style sheets become one; each file has
 * its Brotli form beside it. `files.json` has the name of the build, which is in the address of every file, and what
 * each entry imports, so that a document can name it all at once.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const page = join(root, 'dist/dashboard/page');
const out = join(root, 'dist/dashboard/files');
const uPlot = dirname(createRequire(import.meta.url).resolve('uplot/dist/uPlot.esm.js'));

/** The painter runs in the service alone. */
const NOT_FOR_BROWSERS = /^(?:paint|elements\/plain-document)\.js$/;
const STYLE = 'style.css';
const WORKER = 'worker.js';
/** Scripts that are no modules. */
const CLASSIC = ['theme.js', 'start.js', WORKER];
const ENTRY = 'main.js';
const STATIC_IMPORT = /^(?:import|export)\s(?:[^;]*?\sfrom\s)?'(\.[^']+)'/gm;
const DYNAMIC_IMPORT = /\bimport\('(\.[^']+)'\)/g;
const STYLE_IMPORT = /@import '\.\/([^']+)';\n?/g;
/** Parts of uPlot that the page never calls: without their names they are left out. */
const UNUSED_PARTS =
  /^\s*(?:uPlot\.(?:join|addGap|clipGaps|orient|sync|rangeLog|rangeAsinh|fmtDate|fmtNum)|\(paths\.(?:bars|spline))\s*=.*$/gm;
/** What the page decides once for all charts: code of other choices is left out. */
const DECIDED = [
  [/(?<=const showLegend = )legend\.show/, 'false'],
  [/(?<=const mode = )self\.mode/, '1'],
  [/(?<=const ms = )opts\.ms \|\| 1e-3/, '1e-3'],
];
/** Rules of its style for a title and a legend: the page has its own. */
const UNUSED_RULES = /[^{}]*\.u-(?:title|legend|inline|series)\b[^{}]*\{[^{}]*\}/g;
const LICENCE = '/* uPlot (c) Leon Sorokin, MIT License, https://github.com/leeoniya/uPlot */\n';

/** Files by their name below `page/`, as they were compiled. */
const sources = new Map([
  ...filesIn(page, /^(?!(?:chart|client)\/).+\.js$/).filter(
    ([name]) => !NOT_FOR_BROWSERS.test(name),
  ),
  ...filesIn(join(root, 'clients/js'), /^[^/]+\.js$/).map(([name, text]) => [
    `client/${name}`,
    text,
  ]),
  ...filesIn(uPlot, /^uPlot\.esm\.js$/).map(([name, text]) => [`chart/${name}`, text]),
]);
const imports = new Map(
  [...sources].map(([name, text]) => [name, found(STATIC_IMPORT, name, text)]),
);
const entries = [...sources].flatMap(([name, text]) => found(DYNAMIC_IMPORT, name, text));

const files = new Map([
  ...[...sources].map(([name, text]) => [name, minified(name, text)]),
  [STYLE, styleSheet()],
  ['offline.html', emptyDocument()],
  ...filesIn(page, /\.(?:svg|webmanifest)$/),
]);
const pictures = filesIn(page, /\.png$/, null);
const hash = createHash('sha256');
for (const [name, bytes] of [...files, ...pictures].sort(([one], [other]) =>
  one < other ? -1 : 1,
)) {
  hash.update(`${name}\n`).update(bytes);
}
const build = hash.digest('base64url').slice(0, 10);
const needs = Object.fromEntries([ENTRY, ...new Set(entries)].map((name) => [name, needsOf(name)]));

const kept = [...files.keys()].filter((name) => name !== WORKER && !name.endsWith('.webmanifest'));
const settings = `const BUILD=${JSON.stringify(build)},FILES=${JSON.stringify(kept)};`;
files.set(WORKER, settings + files.get(WORKER));

rmSync(out, { recursive: true, force: true });
for (const [name, text] of files) {
  const path = join(out, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  writeFileSync(`${path}.br`, brotli(Buffer.from(text)));
}
writeFileSync(join(out, 'files.json'), JSON.stringify({ name: build, needs }));

for (const [name, bytes] of pictures) writeFileSync(join(out, name), bytes);

function filesIn(folder, wanted, encoding = 'utf8') {
  return readdirSync(folder, { encoding: 'utf8', recursive: true })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => wanted.test(name))
    .map((name) => [name, readFileSync(join(folder, name), encoding)]);
}

/** Names of the modules that a module imports. */
function found(pattern, name, text) {
  return [...text.matchAll(pattern)].map(([, target]) => {
    const path = posix.join(posix.dirname(name), target);
    if (!sources.has(path))
      throw new Error(`${name} imports ${target}, which is no file of the page`);
    return path;
  });
}

/** An entry, and all that must be there before it runs. */
function needsOf(entry, known = new Set()) {
  if (known.has(entry)) return [];
  known.add(entry);
  for (const name of imports.get(entry)) needsOf(name, known);
  return [...known];
}

function minified(name, text) {
  const isModule = !CLASSIC.includes(name);
  const isChart = name.startsWith('chart/');
  const { code } = minifySync(isChart ? chartOf(text) : text, {
    ...{ module: isModule, compress: { ecma: 2022, passes: 3 }, mangle: { toplevel: isModule } },
    format: { comments: false },
  });
  return isChart ? LICENCE + code : code;
}

/** uPlot without what the page does not use. */
function chartOf(text) {
  return DECIDED.reduce(
    (left, [choice, decision]) => {
      if (!choice.test(left)) throw new Error(`uPlot has no ${choice.source} anymore`);
      return left.replace(choice, decision);
    },
    text.replaceAll(UNUSED_PARTS, ''),
  );
}

/** The document around a page that was not painted; the service worker completes its addresses. */
function emptyDocument() {
  const text = readFileSync(join(page, 'index.html'), 'utf8');
  return text.replace('<!-- head -->', '<title>Kurs</title>').replaceAll(/\s*<!-- \w+ -->/g, '');
}

/** style.css with what it imports in place, without comments and indentation. */
function styleSheet() {
  const imported = new Set([STYLE]);
  const text = readFileSync(join(page, STYLE), 'utf8').replaceAll(STYLE_IMPORT, (_, name) => {
    imported.add(name);
    if (!name.startsWith('chart/')) return readFileSync(join(page, name), 'utf8');
    return readFileSync(join(uPlot, posix.basename(name)), 'utf8').replaceAll(UNUSED_RULES, '');
  });
  const forgotten = filesIn(page, /\.css$/).filter(([name]) => !imported.has(name));
  if (forgotten.length > 0) throw new Error(`style.css does not import ${forgotten[0][0]}`);
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/\s*([{};,])\s*/g, '$1');
}

function brotli(bytes) {
  const { BROTLI_PARAM_MODE, BROTLI_MODE_TEXT, BROTLI_PARAM_SIZE_HINT } = constants;
  return brotliCompressSync(bytes, {
    params: { [BROTLI_PARAM_MODE]: BROTLI_MODE_TEXT, [BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
}
