import { ForeignDatabaseError } from '../../src/database/database.errors.js';
import { BadSettingsError } from '../../src/config/config.errors.js';
import { startFailure } from '../../src/start-failure.js';

describe('a failure at the start', () => {
  it.each([
    [
      Object.assign(new Error("EACCES: permission denied, mkdir '/srv/data'"), { code: 'EACCES' }),
      "EACCES: permission denied, mkdir '/srv/data'; let the user that runs Kurs write there, or",
    ],
    [new ForeignDatabaseError('/srv/x.db'), '/srv/x.db is not a database of Kurs; move that file'],
    [new BadSettingsError(['PORT must be 1']), 'PORT must be 1; correct them in the environment'],
  ])('is one sentence and one suggestion', (thrown, expected) => {
    expect(startFailure(thrown)).toContain(expected);
    expect(startFailure(thrown)).not.toContain('\n');
  });

  it('that says itself what helps gets no second suggestion', () => {
    const message = 'Port 3000 on 127.0.0.1 is in use by another process; stop it, or change PORT';
    expect(startFailure(new Error(message))).toBe(message);
  });
});
