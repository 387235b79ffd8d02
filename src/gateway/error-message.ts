import { problemOf } from '../http/problems/index.js';

/** JSON text of an error message to a socket's client. */
export function errorMessage(failure: unknown): string {
  const { code, detail } = problemOf(failure, 'A message of a live client');
  return JSON.stringify({ event: 'error', data: { code, message: detail } });
}
