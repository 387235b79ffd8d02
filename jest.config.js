/** ESM packages that Node 20's require cannot load: swc turns them into CommonJS as well. */
const esmPackages = [
  '@nestjs',
  'file-type',
  'token-types',
  'strtok3',
  '@tokenizer',
  'uint8array-extras',
  '@borewit',
  'axios',
  'cookie',
  'pixelmatch',
];

const swc = {
  swcrc: false,
  module: { type: 'commonjs' },
  sourceMaps: 'inline',
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: {
      legacyDecorator: true,
      decoratorMetadata: true,
      useDefineForClassFields: false,
    },
    keepClassNames: true,
  },
};

/** What every project needs to load a spec. */
export const shared = {
  rootDir: '.',
  testEnvironment: 'node',
  modulePathIgnorePatterns: ['<rootDir>/.stryker', '<rootDir>/docs/node_modules'],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json'],
  moduleNameMapper: {
    // The clients are compiled beside their sources.
    '^(\\.{1,2}/.*/clients/js)/([^/]+)\\.js$': '$1/src/$2',
    '^(\\.{1,2}/.*)\\.js$': ['$1', '$1.js'],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmPackages.join('|')})/)`],
  transform: { '^.+\\.(ts|m?js)$': ['@swc/jest', swc] },
};

/** A PostgreSQL server, nats-server and a temporary folder, shared by all files of a run. */
const servers = {
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
};

/** Nearly all that their specs load is the service's code and its packages. */
const sharedModules = { testRunner: '<rootDir>/test/support/shared-modules.mjs' };

const specsOf = (...folders) => folders.map((folder) => `<rootDir>/${folder}/**/*.spec.ts`);

/** The folder of a spec decides which project runs it. */
const projects = [
  // Rules of one file or a few. No server is started for them.
  { displayName: 'unit', testMatch: specsOf('src', 'test/unit', 'test/support'), ...sharedModules },
  // An opened database without a service; on both engines.
  { displayName: 'storage', testMatch: specsOf('test/storage'), ...servers, ...sharedModules },
  // One service in the process of the test; on SQLite, and on PostgreSQL where the engine matters.
  { displayName: 'app', testMatch: specsOf('test/app'), ...servers, ...sharedModules },
  // Processes of their own: journeys, drills, clients, browsers.
  {
    displayName: 'system',
    testMatch: specsOf(
      ...['test/journeys', 'test/drills', 'test/clients', 'test/dashboard', 'test/topology'],
    ),
    ...servers,
  },
];

export default {
  projects: projects.map((project) => ({ ...shared, ...project })),
  testSequencer: '<rootDir>/test/support/longest-first.mjs',
  testTimeout: 120_000,
  maxWorkers: 3,
};
