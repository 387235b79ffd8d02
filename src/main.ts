import { KursError } from './common/kurs.error.js';
import type { Application } from './application.js';
import { BadSettingsError } from './config/config.errors.js';
import { settingsFromProcess } from './config/environment.js';
import { KursLogger } from './config/kurs.logger.js';
import { Settings } from './config/settings.js';
import type { Demo } from './demo/index.js';
import { startFailure } from './start-failure.js';
import { onStopSignal } from './stop-signals.js';

/** sysexits.h: something was found in an unconfigured or misconfigured state. */
const EX_CONFIG = 78;

/** Reconfigured as soon as the settings are known. */
let logger = new KursLogger(new Settings());

try {
  const settings = settingsFromProcess();
  logger = new KursLogger(settings);
  // Loading it is most of a start, so mistakes in settings are reported before.
  const { Application } = await import('./application.js');
  const demo = await demoFor(settings);
  const application = await Application.start(demo?.settings ?? settings, logger).catch(
    async (thrown: unknown) => {
      await demo?.stop();
      throw thrown;
    },
  );
  onStopSignal((reason) => {
    logger.log(`${reason}: stopping`, 'Kurs');
    void stop(application, demo).then(
      () => process.exit(0),
      (thrown: unknown) => fail(thrown, 1),
    );
  });
  await application.load();
  logger.log(`Kurs answers on ${await application.url()}`, 'Kurs');
  if (demo) logger.warn(demo.notice, 'Demo');
} catch (thrown) {
  fail(thrown, thrown instanceof BadSettingsError ? EX_CONFIG : 1);
}

async function demoFor(settings: Settings): Promise<Demo | undefined> {
  if (settings.DEMO === 0) return undefined;
  const { Demo } = await import('./demo/index.js');
  return Demo.start(settings);
}

async function stop(application: Application, demo: Demo | undefined): Promise<void> {
  await application.stop();
  await demo?.stop();
}

/** Logs one line with the error; with a stack only if it is unexpected. */
function fail(thrown: unknown, exitCode: number): never {
  const isForeseen =
    thrown instanceof KursError || (thrown as { code?: string }).code !== undefined;
  logger.fatal(startFailure(thrown), isForeseen ? undefined : (thrown as Error).stack, 'Kurs');
  process.exit(exitCode);
}
