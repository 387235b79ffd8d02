import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { transformFileSync } from '@swc/core';

/** Ignored by git. */
const COMPILED = '.cache/bench';

let isCompiled = false;

/**
 * Path of a program of this folder, as JavaScript. A measured process runs without a loader, which would add to its
 * start time and memory.
 */
export function program(name: string): string {
  if (!isCompiled) compileAll();
  isCompiled = true;
  return `./${COMPILED}/${name}.js`;
}

function compileAll(): void {
  mkdirSync(COMPILED, { recursive: true });
  for (const file of readdirSync('bench/support')) {
    const { code } = transformFileSync(`bench/support/${file}`, {
      jsc: {
        target: 'es2023',
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true },
      },
    });
    writeFileSync(`${COMPILED}/${file.replace(/\.ts$/, '.js')}`, code);
  }
}
