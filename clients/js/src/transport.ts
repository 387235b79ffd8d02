import type { Position } from './messages.js';

/** Durations in milliseconds. */
export interface Timing {
  /** A socket that is silent so long is asked whether it is there; 25,000. */
  pingAfterMs: number;
  /** So long it may take to connect, or to answer when asked; 10,000. */
  answerWithinMs: number;
  /** A stream of server-sent events that is silent so long is dead; 60,000. */
  silenceMs: number;
  /** Ceiling of the first wait before connecting again; 500. It doubles with every failure. */
  firstWaitMs: number;
  /** Ceiling of the longest wait; 30,000. */
  mostWaitMs: number;
}

/** What is used of a WebSocket; the platform's own and the one of the package `ws` have it. */
export interface SocketLike {
  readonly readyState: number;
  send(text: string): void;
  close(): void;
}

/** Where the service is, and by which way it is reached: without a class of sockets, by server-sent events. */
export interface Address {
  url: URL;
  WebSocket: (new (url: string) => SocketLike) | null | undefined;
  timing: Timing;
}

/** Why a connection ended, and what that means for the next one. */
export interface Ending {
  reason: string;
  /** Wait exactly so long. */
  waitMs?: number | undefined;
  atLeastMs?: number | undefined;
  /** No further try can help. */
  refusal?: { code: string; message: string; status?: number };
}

/** What a transport tells. */
export interface Listener {
  opened(): void;
  /** A message, as text. */
  heard(text: string): void;
  /** The service has told everything up to here. */
  reached(position: Position): void;
  /** Once, and at the very end. */
  ended(ending: Ending): void;
}

/** A way to the service. */
export interface Transport {
  /** Whether the message is on its way. */
  say(message: object): boolean;
  /** Nothing is told afterwards. */
  close(): void;
}
