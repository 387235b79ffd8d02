import { createHash } from 'node:crypto';
import { relative } from 'node:path';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';

/** Why a mutant that is left out was not judged; it counts neither for nor against the score. */
export const LEFT_OUT = 'not in the sample';

/**
 * Lets every n-th mutant through (`--sample n`), chosen by a hash of where it is and what it does: the same
 * ones every time, and none by its looks.
 */
class SampleChecker {
  init() {
    return Promise.resolve();
  }

  check(mutants) {
    return Promise.resolve(Object.fromEntries(mutants.map((mutant) => [mutant.id, judge(mutant)])));
  }

  group(mutants) {
    return Promise.resolve([mutants.map(({ id }) => id)]);
  }
}

function judge({ fileName, location: { start, end }, mutatorName, replacement }) {
  const file = relative(process.cwd(), fileName);
  const place = [file, start.line, start.column, end.line, end.column, mutatorName, replacement];
  const hash = createHash('sha256').update(place.join('\n')).digest().readUInt32BE();
  return hash % Number(process.env.MUTATION_SAMPLE) === 0
    ? { status: 'passed' }
    : { status: 'compileError', reason: LEFT_OUT };
}

export const strykerPlugins = [declareClassPlugin(PluginKind.Checker, 'sample', SampleChecker)];
