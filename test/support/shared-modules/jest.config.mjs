import { join } from 'node:path';
import { shared } from '../../../jest.config.js';

const fixtures = (...names) => ({
  ...shared,
  rootDir: join(import.meta.dirname, '../../..'),
  testMatch: names.map((name) => `<rootDir>/test/support/shared-modules/${name}.fixture.ts`),
  testRunner: '<rootDir>/test/support/shared-modules.mjs',
});

/** Runs the fixtures of shared-modules.spec.ts, the second one twice. */
export default {
  projects: [fixtures('first', 'second'), fixtures('alone', 'second')],
  testSequencer: '<rootDir>/by-path.mjs',
};
