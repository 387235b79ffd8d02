import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import JestRunner from 'jest-runner';

/**
 * Runs the files of tests one by one in the order of the room's list, and stops at the first that fails: one
 * failure decides about a mutant. Stryker chooses tests by their names alone, and Jest would load every file
 * to look for them, so the first run writes down which file holds which.
 */
export default class FewestFilesRunner extends JestRunner {
  async runTests(tests, watcher, options) {
    const pattern = this._globalConfig.testNamePattern;
    const isWhole = process.env.__STRYKER_ACTIVE_MUTANT__ === undefined;
    const names = readNames();
    let hasFailed = false;
    this.on('test-file-success', ([{ path }, { testResults, numFailingTests }]) => {
      if (isWhole) names[path] = testResults.map(({ fullName }) => fullName);
      hasFailed ||= numFailingTests > 0;
    });
    this.on('test-file-failure', () => {
      hasFailed = true;
    });
    for (const test of ordered(tests).filter(({ path }) => holds(names[path], pattern))) {
      await super.runTests([test], watcher, options);
      if (hasFailed) break;
    }
    if (isWhole) writeFileSync(process.env.MUTATION_NAMES, JSON.stringify(names));
  }
}

function readNames() {
  const place = process.env.MUTATION_NAMES;
  return existsSync(place) ? JSON.parse(readFileSync(place, 'utf8')) : {};
}

function holds(names, pattern) {
  if (pattern === undefined || names === undefined) return true;
  const wanted = new RegExp(pattern, 'i');
  return names.some((name) => wanted.test(name));
}

function ordered(tests) {
  const order = process.env.MUTATION_ORDER.split(',');
  const place = ({ path }) => order.findIndex((file) => path.endsWith(file));
  return tests.toSorted((one, other) => place(one) - place(other));
}
