import { ConsoleLogger, type LogLevel } from '@nestjs/common';
import type { Settings } from './settings.js';

const LEVELS: LogLevel[] = ['fatal', 'error', 'warn', 'log', 'debug', 'verbose'];
/** Nest tells of every module and route it wires; that is of use to those who look for it. */
const WIRING = new Set(['InstanceLoader', 'RouterExplorer', 'RoutesResolver', 'NestFactory']);

/** Nest's own logger, as LOG_LEVEL and LOG_FORMAT want it. */
export class KursLogger extends ConsoleLogger {
  constructor({ LOG_LEVEL, LOG_FORMAT }: Pick<Settings, 'LOG_LEVEL' | 'LOG_FORMAT'>) {
    super({
      logLevels: LEVELS.slice(0, LEVELS.indexOf(LOG_LEVEL) + 1),
      json: LOG_FORMAT === 'json',
      colors: LOG_FORMAT === 'text' && (process.stdout.isTTY as boolean | undefined) === true,
    });
  }

  override log(message: unknown, ...rest: unknown[]): void {
    if (WIRING.has(rest.at(-1) as string)) super.debug(message, ...rest);
    else super.log(message, ...rest);
  }

  /** What stops the start is thrown as well, and told by main.ts in one line. */
  override error(message: unknown, ...rest: unknown[]): void {
    if (rest.at(-1) === 'ExceptionHandler') super.debug(message, ...rest);
    else super.error(message, ...rest);
  }
}
