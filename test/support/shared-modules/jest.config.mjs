import { shared } from '../../../jest.config.js';

/** Runs the fixtures of shared-modules.spec.ts. */
export default {
  ...shared,
  rootDir: '../../..',
  testMatch: ['<rootDir>/test/support/shared-modules/*.fixture.ts'],
  testRunner: '<rootDir>/test/support/shared-modules.mjs',
};
