import { reasonOf } from './common/message-of.js';
import { KursError } from './common/kurs.error.js';
import { BadSettingsError } from './config/config.errors.js';
import { settingsFromProcess } from './config/environment.js';
import { KursLogger } from './config/kurs.logger.js';
import { Settings } from './config/settings.js';
import { onStopSignal } from './stop-signals.js';

/** sysexits.h: something was found in an unconfigured or misconfigured state. */
const EX_CONFIG = 78;

/** As the settings want it, as soon as they are known. */
let logger = new KursLogger(new Settings());

try {
  const settings = settingsFromProcess();
  logger = new KursLogger(settings);
  // Most of a start is loading it: who has made a mistake in a setting is told so before.
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

/** One line that says what is wrong; a stack only for what nobody foresaw. */
function fail(thrown: unknown, exitCode: number): never {
  const isForeseen =
    thrown instanceof KursError || (thrown as { code?: string }).code !== undefined;
  logger.fatal(reasonOf(thrown), isForeseen ? undefined : (thrown as Error).stack, 'Kurs');
  process.exit(exitCode);
}
