import { readFileSync } from 'node:fs';
// Installed as a dependency of jest.
import circus from 'jest-circus/runner';

/**
 * Test runner that loads a module once per worker. Jest alone loads all of them anew for each file: about a thousand
 * for one that starts the service, which takes more than a second of CPU time, and V8 optimises them again.
 *
 * All files of a worker run in the environment of its first file and with the module registry of that one; only the
 * spec itself and Jest's own modules are loaded anew. So a module must not keep state from which another file could
 * suffer, which the code of a service must not do either.
 */
export default async function run(globalConfig, config, environment, runtime, path, send) {
  if (isAlone(globalConfig, readFileSync(path, 'utf8'))) {
    return circus.default(globalConfig, config, environment, runtime, path, send);
  }
  if (shared) enter(environment, runtime);
  else keep(environment, runtime);
  const variables = { ...shared.environment.global.process.env };
  try {
    return await circus.default(
      ...[globalConfig, config, shared.environment, shared.runtime, path, send],
    );
  } finally {
    leave(path, variables);
  }
}

/** Version of Jest whose private fields are used here. */
export const JEST = '30.5.2';

const REPLACES_MODULES =
  /\bjest\s*\.\s*(?:doMock|mock|setMock|unstable_mockModule|resetModules|isolateModules|enableAutomock|autoMockOn)/;

/**
 * Whether a file has modules of its own: one that replaces modules, and every file while modules may change or their
 * coverage is collected.
 */
export function isAlone({ watch, watchAll, collectCoverage }, source) {
  return watch || watchAll || collectCoverage || REPLACES_MODULES.test(source);
}

/** Descriptions of the symbols under which jest-circus keeps its state at the global object. */
const STATE_OF_CIRCUS = [
  ...['JEST_STATE_SYMBOL', 'EVENT_HANDLERS', 'TEST_TIMEOUT_SYMBOL', 'LOG_ERRORS_BEFORE_RETRY'],
  ...['RETRY_TIMES', 'RETRY_IMMEDIATELY', 'WAIT_BEFORE_RETRY'],
];

/** Where `expect` keeps its matchers, in a property that cannot be deleted. */
const MATCHERS = Symbol.for('$$jest-matchers-object');

/** Environment and runtime of the worker's first file. */
let shared;

function keep(environment, runtime) {
  shared = { environment, runtime };
  // Jest ends both after the first file.
  environment.teardown = () => Promise.resolve();
  runtime.teardown = () => undefined;
}

/** Jest gives each file a console, and looks for its source maps in the runtime that it made for the file. */
function enter(environment, runtime) {
  shared.environment.global.console = environment.global.console;
  const { testState, transformCache } = shared.runtime;
  const maps = runtime.getSourceMaps();
  for (const [file, map] of transformCache.sourceMaps) maps.set(file, map);
  transformCache.sourceMaps = maps;
  testState.state = 'loading';
}

/**
 * Undoes what a file may leave behind: mocks, fake timers, environment variables, its own module, and what it told Jest:
 * time limits, retries, matchers. Jest's state also holds all tests of the file, with whatever they refer to.
 */
function leave(path, variables) {
  const { environment, runtime } = shared;
  runtime.restoreAllMocks();
  environment.fakeTimersModern.useRealTimers();
  const { env } = environment.global.process;
  for (const name of Object.keys(env)) delete env[name];
  Object.assign(env, variables);
  runtime.registries.moduleRegistry.delete(path);
  runtime.registries.internalModuleRegistry.clear();
  resetJest(environment.global);
}

function resetJest(global) {
  for (const symbol of Object.getOwnPropertySymbols(global)) {
    if (STATE_OF_CIRCUS.includes(symbol.description)) delete global[symbol];
  }
  const { customEqualityTesters, matchers } = global[MATCHERS];
  customEqualityTesters.length = 0;
  for (const name of Object.keys(matchers)) delete matchers[name];
}
