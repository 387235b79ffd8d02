import { problemOf } from '../http/problems/index.js';

/** The JSON text that tells a client of the socket what was wrong with its message. */
export function errorMessage(failure: unknown): string {
  const { code, detail } = problemOf(failure, 'A message of a live client');
  return JSON.stringify({ event: 'error', data: { code, message: detail } });
}
