import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** Markdown of the repository, by path: what people read, without what packages bring. */
export function documentPaths(): string[] {
  const atRoot = readdirSync('.').filter((name) => name.endsWith('.md'));
  return [...atRoot, ...['docs', 'clients'].flatMap(markdownBelow)].sort();
}

function markdownBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory())
      return /^(?:node_modules|\.)/.test(entry.name) ? [] : markdownBelow(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

/** One command of a document with the output that it shows. */
export interface Example {
  command: string;
  output: string;
  /** The text of both in the document. */
  source: string;
}

const CONSOLE_BLOCK = /^( *)```console\n([\s\S]*?)^ *```$/gm;

/** `$ curl …` with its output, in the order of the document. Commands without output are not run. */
export function curlExamples(text: string): Example[] {
  return [...text.matchAll(CONSOLE_BLOCK)].flatMap(([, , block = '']) =>
    block
      .split(/^(?=\$ )/m)
      .map((source) => ({ source, lines: source.trimEnd().split('\n') }))
      .filter(({ lines }) => lines.length > 1 && lines[0]?.startsWith('$ curl '))
      .map(({ source, lines: [command = '', ...output] }) => ({
        command: command.slice(2),
        output: output.join('\n'),
        source,
      })),
  );
}

/** Puts what a command really printed in the place of what a document says. */
export function rewriteExample(path: string, example: Example, output: string): void {
  const { source, command } = example;
  const rewritten = `$ ${command}\n${output}\n${source.endsWith('\n\n') ? '\n' : ''}`;
  writeFileSync(
    path,
    readFileSync(path, 'utf8').replace(source, () => rewritten),
  );
}
