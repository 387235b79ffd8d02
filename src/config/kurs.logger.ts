import { ConsoleLogger, type LogLevel } from '@nestjs/common';
import type { Settings } from './settings.js';

const LEVELS: LogLevel[] = ['fatal', 'error', 'warn', 'log', 'debug', 'verbose'];
/**
 * Nest's loggers of modules, routes and messages. They log "started" before the server listens, so their lines are
 * debug output.
 */
const WIRING = new Set([
  ...['InstanceLoader', 'RouterExplorer', 'RoutesResolver', 'WebSocketsController'],
  ...['NestFactory', 'NestApplication'],
]);
/** These errors are also thrown, and main.ts logs them in one line. */
const STARTING = new Set(['ExceptionHandler', 'NestApplication']);

/** Additional fields of a line, by their names in JSON. */
type Fields = Record<string, unknown>;
type Line = Parameters<ConsoleLogger['formatMessage']>;

/**
 * Nest's logger with LOG_LEVEL and LOG_FORMAT. In JSON, fields logged with a message are members of the line. In
 * text, the message already has them, except for the request id.
 */
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

  override error(message: unknown, ...rest: unknown[]): void {
    if (STARTING.has(rest.at(-1) as string)) super.debug(message, ...rest);
    else super.error(message, ...rest);
  }

  /** Puts the time first. Fields cannot overwrite the line's own members. */
  protected override stringifyJsonLogObject(line: Record<string, unknown>): string {
    const { timestamp, level, pid, context, params, ...rest } = line;
    const time = new Date(timestamp as number).toISOString();
    const fields = params as Fields | undefined;
    const own = { time, level, pid, context, ...rest };
    return super.stringifyJsonLogObject({ ...own, ...fields, ...own });
  }

  protected override formatMessage(
    ...[level, message, pid, name, context, difference, fields]: Line
  ): string {
    const named = hasId(fields) ? fields : undefined;
    return super.formatMessage(level, message, pid, name, context, difference, named);
  }

  protected override stringifyParams({ request_id }: Fields): string {
    return `(request ${String(request_id)})`;
  }
}

function hasId(fields: Fields | undefined): boolean {
  return typeof fields?.request_id === 'string';
}
