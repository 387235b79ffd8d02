import { settingsFrom } from '../../src/config/environment.js';
import { Settings } from '../../src/config/settings.js';
import { runSettings } from './run-settings.js';

describe('an instance of "npm run topology"', () => {
  it('has the settings of "npm start" and those of the caller', () => {
    process.env.CBR_POLL_SECONDS = '17';
    try {
      const given = runSettings();
      const { HOST, PORT, DATABASE_URL, NATS_URL, NATS_REPLICAS, DRAIN_SECONDS, ...others } =
        new Settings();
      expect(settingsFrom(given)).toMatchObject({ ...others, CBR_POLL_SECONDS: 17 });
      // Every one of them: a process of the tests spares no bank and has no jump guard unless it is told.
      expect(Object.keys(given)).toEqual(expect.arrayContaining(Object.keys(others)));
      for (const name of Object.keys({
        ...{ HOST, PORT, DATABASE_URL, NATS_URL, NATS_REPLICAS, DRAIN_SECONDS },
      })) {
        expect(given).not.toHaveProperty(name);
      }
    } finally {
      delete process.env.CBR_POLL_SECONDS;
    }
  });
});
