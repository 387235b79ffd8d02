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
  const isAlone = globalConfig.watch || globalConfig.watchAll || globalConfig.collectCoverage;
  if (isAlone || REPLACES_MODULES.test(readFileSync(path, 'utf8'))) {
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

/** A file that replaces modules has modules of its own. */
const REPLACES_MODULES =
  /\bjest\s*\.\s*(?:doMock|mock|setMock|unstable_mockModule|resetModules|isolateModules)/;

/** Of jest-circus and expect, which keep their state at the global object. */
const STATE_OF_JEST = [Symbol.for('EVENT_HANDLERS'), Symbol.for('$$jest-matchers-object')];

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

/** Undoes what a file may leave behind: mocks, fake timers, environment variables, its own module. */
function leave(path, variables) {
  const { environment, runtime } = shared;
  runtime.restoreAllMocks();
  environment.fakeTimersModern.useRealTimers();
  const { env } = environment.global.process;
  for (const name of Object.keys(env)) delete env[name];
  Object.assign(env, variables);
  runtime.registries.moduleRegistry.delete(path);
  runtime.registries.internalModuleRegistry.clear();
  for (const state of STATE_OF_JEST) delete environment.global[state];
}
