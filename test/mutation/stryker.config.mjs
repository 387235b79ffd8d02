import { ROOMS } from './rooms.mjs';

const name = process.env.MUTATION_ROOM ?? '';
const { mutate } = ROOMS[name];

export default {
  mutate,
  packageManager: 'npm',
  testRunner: 'jest',
  jest: {
    projectType: 'custom',
    configFile: 'test/mutation/jest.config.mjs',
    enableFindRelatedTests: false,
  },
  coverageAnalysis: 'perTest',
  // A mutant that only its declaration reaches is run by every test that loads the file: not worth its time.
  ignoreStatic: true,
  incremental: true,
  incrementalFile: `.stryker/${name}.json`,
  tempDirName: '.stryker/tmp',
  reporters: ['clear-text', 'progress', 'html'],
  htmlReporter: { fileName: `.stryker/${name}.html` },
  clearTextReporter: { allowColor: false, logTests: false },
  concurrency: 2,
  timeoutMS: 20_000,
  thresholds: { high: 90, low: 80, break: null },
};
