import { KursLogger } from '../../src/config/kurs.logger.js';
import { settingsFrom } from '../../src/config/environment.js';
import { Application } from '../../src/application.js';
import type { Clock } from '../../src/common/clock.js';
import { FetchRuns } from '../../src/tasks/fetch-runs.js';
import { eventually } from './eventually.js';

/** The service in this process, on a free port; it has fetched once, and fetches again only when asked. */
export async function startKurs(
  environment: Record<string, string>,
  clock?: Clock,
): Promise<RunningKurs> {
  const settings = settingsFrom({
    PORT: '0',
    CBR_POLL_SECONDS: '86400',
    CBR_WATCH_SECONDS: '86400',
    CBR_RETRY_PAUSE_MS: '1',
    CBR_REQUESTS_PER_SECOND: '1000',
    // A sheet of three currencies that loses one has lost a third.
    CBR_MAX_SHRINK_PERCENT: '100',
    // Figures are made up, and jump.
    JUMP_LIMIT_PERCENT: '0',
    BACKFILL_DAYS: '0',
    RATE_LIMIT_PER_MINUTE: '0',
    LOG_LEVEL: 'fatal',
    ...environment,
  });
  const application = await Application.start(settings, new KursLogger(settings), clock);
  await application.load();
  const runs = application.get(FetchRuns);
  await eventually('a first run', async () => (await runs.state()).lastRun !== undefined);
  return new RunningKurs(await application.url(), application);
}

export class RunningKurs {
  constructor(
    readonly url: string,
    private readonly application: Application,
  ) {}

  /** What a provider of the application is, for tests of one room. */
  get<T>(token: abstract new (...parameters: never[]) => T): T {
    return this.application.get(token);
  }

  stop(): Promise<void> {
    return this.application.stop();
  }
}
