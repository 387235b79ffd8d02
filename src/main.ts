import { setTimeout as sleep } from 'node:timers/promises';
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
/**
 * Longest wait for a start that a signal interrupts, in milliseconds. Then the process ends, which rolls back what the
 * database has not committed and removes the folder of a demo.
 */
const START_GRACE_MS = 3_000;

/** Reconfigured as soon as the settings are known. */
let logger = new KursLogger(new Settings());
let demo: Demo | undefined;
/** Resolves once the service listens. */
let opened: Promise<Application> | undefined;
const stopping = new AbortController();

// Before anything else: process 1 of a container ignores signals without a handler.
onStopSignal((reason) => {
  stopping.abort();
  logger.log(`${reason}: stopping`, 'Kurs');
  void stop().then(
    () => process.exit(0),
    (thrown: unknown) => fail(thrown, 1),
  );
});

try {
  await start();
} catch (thrown) {
  // What a start that is stopped meets is no failure, and stop() ends the process.
  if (!stopping.signal.aborted) fail(thrown, thrown instanceof BadSettingsError ? EX_CONFIG : 1);
}

async function start(): Promise<void> {
  const settings = settingsFromProcess();
  logger = new KursLogger(settings);
  // Loading it is most of a start, so mistakes in settings are reported before.
  const { Application } = await import('./application.js');
  stopping.signal.throwIfAborted();
  demo = await demoFor(settings);
  stopping.signal.throwIfAborted();
  opened = Application.start(demo?.settings ?? settings, logger);
  const application = await opened;
  await application.load();
  stopping.signal.throwIfAborted();
  logger.log(`Kurs answers on ${await application.url()}`, 'Kurs');
  if (demo) logger.warn(demo.notice, 'Demo');
}

async function demoFor(settings: Settings): Promise<Demo | undefined> {
  if (settings.DEMO === 0) return undefined;
  const { Demo } = await import('./demo/index.js');
  return Demo.start(settings);
}

async function stop(): Promise<void> {
  const application = await Promise.race([
    opened?.catch(() => undefined),
    sleep(START_GRACE_MS, undefined),
  ]);
  await application?.stop();
  await demo?.stop();
}

/** Logs one line with the error; with a stack only if it is unexpected. */
function fail(thrown: unknown, exitCode: number): never {
  const isForeseen =
    thrown instanceof KursError || (thrown as { code?: string }).code !== undefined;
  logger.fatal(startFailure(thrown), isForeseen ? undefined : (thrown as Error).stack, 'Kurs');
  process.exit(exitCode);
}
