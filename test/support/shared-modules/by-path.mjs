// Installed as a dependency of jest.
import TestSequencer from '@jest/test-sequencer';

/** Always the same order, so that a file which replaces modules comes first. */
export default class ByPath extends TestSequencer {
  sort(tests) {
    return [...tests].sort((one, other) => (one.path < other.path ? -1 : 1));
  }
}
