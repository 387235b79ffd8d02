import { Application } from '#built/application.js';
import { settingsFrom } from '#built/config/environment.js';
import { KursLogger } from '#built/config/kurs.logger.js';
import type { Environment } from './processes.js';

/** A service in this process that calls no bank, with its rates loaded. */
export async function startInProcess(environment: Environment): Promise<Application> {
  const settings = settingsFrom({
    ...{ PORT: '0', LOG_LEVEL: 'fatal', BACKFILL_DAYS: '0', CBR_BASE_URL: 'http://127.0.0.1:9' },
    ...environment,
  });
  const application = await Application.start(settings, new KursLogger(settings));
  await application.load();
  return application;
}
