import { KursLogger } from '../../src/config/kurs.logger.js';
import { settingsFrom } from '../../src/config/environment.js';
import { Application } from '../../src/application.js';
import type { Clock } from '../../src/common/clock.js';
import { FetchRuns } from '../../src/tasks/fetch-runs.js';
import { eventually } from './eventually.js';

/** Settings of a service that fetches only on request, from a fast bank, and accepts made-up figures. */
const QUIET = {
  PORT: '0',
  CBR_POLL_SECONDS: '86400',
  CBR_WATCH_SECONDS: '86400',
  CBR_RETRY_PAUSE_MS: '1',
  CBR_REQUESTS_PER_SECOND: '1000',
  // Sheets in tests have few currencies, so each one is a large share.
  CBR_MAX_SHRINK_PERCENT: '100',
  JUMP_LIMIT_PERCENT: '0',
  BACKFILL_DAYS: '0',
  RATE_LIMIT_PER_MINUTE: '0',
  LOG_LEVEL: 'fatal',
};

/** Starts a service in this process, on a free port; resolves after its first fetch. */
export async function startKurs(
  environment: Record<string, string>,
  clock?: Clock,
): Promise<RunningKurs> {
  const kurs = new RunningKurs();
  await kurs.start(environment, clock);
  return kurs;
}

/** A service in the test's process, which can be stopped and restarted. */
export class RunningKurs {
  private application: Application | undefined;
  private address = '';

  async start(environment: Record<string, string>, clock?: Clock): Promise<void> {
    const settings = settingsFrom({ ...QUIET, ...environment });
    const application = await Application.start(settings, new KursLogger(settings), clock);
    this.application = application;
    await application.load();
    const runs = application.get(FetchRuns);
    await eventually('a first run', async () => (await runs.state()).lastRun !== undefined);
    this.address = await application.url();
  }

  get url(): string {
    return this.address;
  }

  /** Provider of the application. */
  get<T>(token: symbol | (abstract new (...parameters: never[]) => T)): T {
    if (!this.application) throw new Error('The service is not running');
    return this.application.get(token);
  }

  /** No-op if the service is not running. */
  async stop(): Promise<void> {
    const { application } = this;
    this.application = undefined;
    await application?.stop();
  }
}
