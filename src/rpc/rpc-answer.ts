import { headers, type MsgHdrs } from '@nats-io/transport-node';
import type { Problem } from '../http/problems/index.js';
import type { AnsweredFrom } from './answered-from.js';

/** Limit in characters for quoting a caller's text, which may be as long as a message. */
const LONGEST_DETAIL = 1_000;
const LONGEST_ERROR = 200;
const MOST_ERRORS = 20;

/** A body, and the headers: what it knows of, and whether it is a problem. */
export interface RpcAnswer {
  body: string;
  headers: MsgHdrs;
}

/**
 * For a packet of Nest one that its client reads, for everybody else the plain JSON. The headers say which events
 * the answer knows of, and, where the database is out of sight, when it was seen last.
 */
export function answerOf(
  answer: object,
  packetId: string | undefined,
  source: AnsweredFrom,
): RpcAnswer {
  const body = encode({ response: answer }, answer, packetId);
  return { body, headers: marked(headers(), source) };
}

/**
 * The same of a problem, in at most so many bytes: long texts are cut off, and where that is not enough,
 * as under an id that the broker would not carry, the bare problem is left.
 */
export function problemAnswer(
  problem: Problem,
  packetId: string | undefined,
  { mostBytes, source }: { mostBytes: number; source: AnsweredFrom },
): RpcAnswer {
  const bounded = {
    ...problem,
    detail: cut(problem.detail, LONGEST_DETAIL),
    ...(problem.errors && { errors: problem.errors.slice(0, MOST_ERRORS).map(cutError) }),
  };
  const whole = {
    body: encode({ err: bounded }, bounded, packetId),
    headers: marked(errorHeaders(bounded), source),
  };
  if (sizeOf(whole) <= mostBytes) return whole;
  const { type, title, status, code } = problem;
  const bare = { type, title, status, detail: title, code };
  return { body: JSON.stringify(bare), headers: marked(errorHeaders(bare), source) };
}

/** Bytes, as the broker counts them: with the headers (NATS ADR-4). */
export function sizeOf({ body, headers: marks }: RpcAnswer): number {
  const lines = [...marks].map(([name, values]) => `${name}: ${values.join()}\r\n`);
  const head = `NATS/1.0\r\n${lines.join('')}\r\n`;
  return Buffer.byteLength(head) + Buffer.byteLength(body);
}

function encode(packet: object, plain: object, packetId: string | undefined): string {
  return JSON.stringify(
    packetId === undefined ? plain : { ...packet, isDisposed: true, id: packetId },
  );
}

function marked(marks: MsgHdrs, { position, asOf }: AnsweredFrom): MsgHdrs {
  if (position) marks.set('Kurs-Position', `${position.logId}:${position.seq}`);
  if (asOf) marks.set('Kurs-Data-As-Of', asOf.toISOString());
  return marks;
}

/** By them a client tells a problem from an answer (NATS ADR-32, services). */
function errorHeaders({ status, detail }: Problem): MsgHdrs {
  const result = headers();
  result.set('Nats-Service-Error-Code', String(status));
  result.set('Nats-Service-Error', cut(detail.replace(/\s+/g, ' '), LONGEST_ERROR));
  return result;
}

function cutError({ parameter, message }: { parameter: string; message: string }) {
  return { parameter: cut(parameter, LONGEST_ERROR), message: cut(message, LONGEST_ERROR) };
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
