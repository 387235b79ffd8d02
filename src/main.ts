import { reasonOf } from './common/message-of.js';
import { KursError } from './common/kurs.error.js';
import { BadSettingsError } from './config/config.errors.js';
import { settingsFromProcess } from './config/environment.js';
import { KursLogger } from './config/kurs.logger.js';
import { Settings } from './config/settings.js';
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
  const application = await Application.start(settings, logger);
  onStopSignal((reason) => {
    logger.log(`${reason}: stopping`, 'Kurs');
    void application.stop().then(
      () => process.exit(0),
      (thrown: unknown) => fail(thrown, 1),
    );
  });
  await application.load();
  logger.log(`Kurs answers on ${await application.url()}`, 'Kurs');
} catch (thrown) {
  fail(thrown, thrown instanceof BadSettingsError ? EX_CONFIG : 1);
}

/** Logs one line with the error; with a stack only if it is unexpected. */
function fail(thrown: unknown, exitCode: number): never {
  const isForeseen =
    thrown instanceof KursError || (thrown as { code?: string }).code !== undefined;
  logger.fatal(reasonOf(thrown), isForeseen ? undefined : (thrown as Error).stack, 'Kurs');
  process.exit(exitCode);
}
