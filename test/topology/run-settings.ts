import { settingsFromProcess } from '../../src/config/environment.js';

/** What each part of a fleet is to be, which is not for the caller to say. */
const OF_THE_FLEET = ['HOST', 'PORT', 'DATABASE_URL', 'NATS_URL', 'NATS_REPLICAS', 'DRAIN_SECONDS'];
/** Obeyed beside the settings. */
const OF_NODE = ['HTTPS_PROXY', 'NODE_EXTRA_CA_CERTS'];

/**
 * The settings of an instance that is run, not tested: those of `npm start`, all of them, for a process
 * of the tests has others where none are given.
 *
 * @throws BadSettingsError
 */
export function runSettings(): Record<string, string> {
  const settings = Object.entries(settingsFromProcess()).filter(
    ([name]) => !OF_THE_FLEET.includes(name),
  );
  const ofNode = OF_NODE.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries([...settings, ...ofNode].map(([name, value]) => [name, String(value)]));
}
