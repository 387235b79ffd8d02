import type { IncomingMessage } from 'node:http';
import { Injectable, Logger } from '@nestjs/common';
import { Settings } from '../../config/settings.js';
import { callerOf, ClientAddress, isWrite } from '../access/index.js';
import type { AnsweredRequest } from './request-durations.js';
import type { Problem } from '../problems/index.js';
import { requestIdOf } from './request-id.js';

/** Limit in characters, so that garbage cannot fill the log. */
const LONGEST_PATH = 300;
/** Probes: polled every few seconds by machines, and most of the log without news. */
const LOOKED_AT_BY_MACHINES = /^\/(?:health(?:\/\{?\w+\}?)?|metrics)$/;
const DEBUG_LEVELS: readonly string[] = ['debug', 'verbose'];
const QUIET_LEVELS: readonly string[] = ['fatal', 'error', 'warn'];

/** An answer for the log. */
export interface LoggedAnswer extends AnsweredRequest {
  /** Without the query, which may contain private data. */
  path: string;
  /** Bytes sent, head included. */
  bytes: number;
}

/**
 * One line for every request when its answer ends, or its client disconnects. With LOG_FORMAT json: all except
 * successful probes. With text: writes and attempted writes. The rest at level debug.
 */
@Injectable()
export class RequestLog {
  private readonly logger = new Logger('Request');
  private readonly isForMachines: boolean;
  private readonly tellsDebug: boolean;
  private readonly isQuiet: boolean;

  constructor(
    private readonly addresses: ClientAddress,
    { LOG_FORMAT, LOG_LEVEL }: Settings,
  ) {
    this.isForMachines = LOG_FORMAT === 'json';
    this.tellsDebug = DEBUG_LEVELS.includes(LOG_LEVEL);
    this.isQuiet = QUIET_LEVELS.includes(LOG_LEVEL);
  }

  /** Whether a line about this request is possible: reads are many, and no line should be built in vain. */
  isLogged(request: IncomingMessage): boolean {
    return !this.isQuiet && (this.isForMachines || this.tellsDebug || isWrite(request));
  }

  /** Call only if `isLogged` returned true. */
  answered(request: IncomingMessage, answer: LoggedAnswer): void {
    const isLoud = isWrite(request) || (this.isForMachines && !isRoutine(answer));
    if (!isLoud && !this.tellsDebug) return;
    const { method, route, status, seconds, bytes } = answer;
    const path = shortened(answer.path);
    const ms = seconds * 1_000;
    const caller = callerOf(request) ?? null;
    const client = this.addresses.of(request);
    const who = caller === null ? '' : ` by ${caller}`;
    const line = `${method} ${path} ${status ?? 'cut off'} ${Math.round(ms)} ms${who} from ${client}`;
    const request_id = requestIdOf(request);
    const took = { status, ms: Math.round(ms * 10) / 10, bytes };
    this.tell(line, isLoud, { request_id, method, path, route, ...took, client, caller });
  }

  /** A malformed request has only an answer. */
  broken({ status, code, request_id }: Problem, client: string): void {
    if (this.isQuiet || !(this.isForMachines || this.tellsDebug)) return;
    const line = `Malformed request ${status} ${code} from ${client}`;
    this.tell(line, this.isForMachines, { request_id, status, code, client });
  }

  private tell(line: string, isLoud: boolean, fields: object): void {
    if (isLoud) this.logger.log(line, fields);
    else this.logger.debug(line, fields);
  }
}

function isRoutine({ route, status }: LoggedAnswer): boolean {
  return LOOKED_AT_BY_MACHINES.test(route) && status !== null && status < 400;
}

function shortened(path: string): string {
  return path.length > LONGEST_PATH ? `${path.slice(0, LONGEST_PATH)}…` : path;
}
