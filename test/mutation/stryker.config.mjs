import { ROOMS } from './rooms.mjs';

const { MUTATION_ROOM = '', MUTATION_REPORT, MUTATION_SAMPLE, MUTATION_CONCURRENCY } = process.env;
const { mutate, ignoreStatic } = ROOMS[MUTATION_ROOM];

export default {
  mutate,
  packageManager: 'npm',
  testRunner: 'jest',
  jest: {
    projectType: 'custom',
    configFile: 'test/mutation/jest.config.mjs',
    enableFindRelatedTests: false,
  },
  plugins: ['@stryker-mutator/jest-runner', './test/mutation/sample.mjs'],
  checkers: MUTATION_SAMPLE === '1' ? [] : ['sample'],
  coverageAnalysis: 'perTest',
  ignoreStatic,
  incremental: true,
  incrementalFile: `${MUTATION_REPORT}.incremental.json`,
  tempDirName: `${MUTATION_REPORT}.tmp`,
  ignorePatterns: ['.stryker', 'data', 'dist'],
  reporters: ['clear-text', 'progress', 'html', 'json'],
  htmlReporter: { fileName: `${MUTATION_REPORT}.html` },
  jsonReporter: { fileName: `${MUTATION_REPORT}.json` },
  clearTextReporter: { allowColor: false, logTests: false },
  concurrency: Number(MUTATION_CONCURRENCY),
  // Time-outs count as noticed, so that they must be endless loops, and no machine that is busy.
  dryRunTimeoutMinutes: 30,
  timeoutMS: 60_000,
  timeoutFactor: 4,
  thresholds: { high: 90, low: 80, break: null },
};
