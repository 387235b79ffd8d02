import type { ServerResponse } from 'node:http';
import { OF_THE_BODY } from '../answers/index.js';

/** Alternating names and values of headers, the fastest form for `writeHead`. */
export type Head = readonly string[];

interface WithNames {
  /** Names in their original case; Node's types declare it only for requests. */
  getRawHeaderNames(): string[];
}

/** Headers of a single answer: written by Node or `RequestWatch`, or about the encoding of the body. */
const OF_ONE_ANSWER =
  /^(?:connection|keep-alive|transfer-encoding|x-request-id|content-(?:length|encoding))$/i;

/** Headers of a response that depend only on its content. */
export function headOf(response: ServerResponse): Head {
  const head: string[] = [];
  for (const name of (response as unknown as WithNames).getRawHeaderNames()) {
    if (!OF_ONE_ANSWER.test(name)) head.push(name, String(response.getHeader(name)));
  }
  return head;
}

/** Value of a header; names are case-insensitive. */
export function valueIn(head: Head, wanted: string): string | undefined {
  const index = head.findIndex((text, at) => at % 2 === 0 && text.toLowerCase() === wanted);
  return head[index + 1] !== undefined && index >= 0 ? head[index + 1] : undefined;
}

/** Removes headers by name, in lower case. */
export function without(head: Head, isUnwanted: (name: string) => boolean): Head {
  return head.filter((_, at) => !isUnwanted(head[at - (at % 2)]?.toLowerCase() ?? ''));
}

/** Headers of the corresponding 304. */
export function withoutBody(head: Head): Head {
  return without(head, (name) => OF_THE_BODY.test(name));
}
