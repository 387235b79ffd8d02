import { doctorChecks } from '../../src/cli/doctor-checks.js';
import type { Finding } from '../../src/cli/finding.js';
import { settingsFrom } from '../../src/config/environment.js';
import { createPostgres, type TestDatabase } from '../support/databases.js';
import { FakeBank } from '../support/fake-bank.js';
import { TestClock } from '../support/test-clock.js';

describe('kurs doctor', () => {
  let bank: FakeBank;
  let database: TestDatabase;

  beforeEach(async () => {
    bank = await FakeBank.start();
    database = await createPostgres();
  });

  afterEach(async () => {
    await database.drop();
    await bank.stop();
  });

  it('compares the clock with the database’s at the same moment, however long the bank takes', async () => {
    const begun = new Date();
    const clock = new TestClock(begun.toISOString());
    const later = new Date(begun.getTime() + 60_000).toISOString();
    bank.misbehave((_, response) => {
      clock.set(later);
      response.destroy();
    });
    const settings = settingsFrom({
      ...{ PORT: '0', CBR_BASE_URL: bank.url, DATABASE_URL: database.url },
      CBR_RETRY_PAUSE_MS: '1',
    });
    const findings: Finding[] = [];
    for await (const finding of doctorChecks(settings, clock)) findings.push(finding);
    expect(findings).toContainEqual({
      subject: 'clock',
      state: 'ok',
      text: 'agrees with the database',
    });
  });
});
