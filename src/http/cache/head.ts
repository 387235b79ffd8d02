import type { ServerResponse } from 'node:http';
import { OF_THE_BODY } from '../conditional-get.js';

/** Names and values of headers in turn, as `writeHead` takes them fastest. */
export type Head = readonly string[];

interface WithNames {
  /** Names as they were written; Node's types know it for requests alone. */
  getRawHeaderNames(): string[];
}

/** They belong to one answer and not to what is answered: Node writes them, and whoever meets every request. */
const OF_ONE_ANSWER = new Set(['connection', 'keep-alive', 'transfer-encoding', 'x-request-id']);

/** The headers of a response that another answer with the same body has as well. */
export function headOf(response: ServerResponse): Head {
  const head: string[] = [];
  for (const name of sharedNames(response)) head.push(name, String(response.getHeader(name)));
  return head;
}

/** Gives a response these headers in place of those that it shares with others; most are the same. */
export function giveHead(response: ServerResponse, head: Head): void {
  const wanted = new Set<string>();
  for (let at = 0; at < head.length; at += 2) {
    const [name = '', value = ''] = [head[at], head[at + 1]];
    wanted.add(name.toLowerCase());
    if (String(response.getHeader(name)) !== value) response.setHeader(name, value);
  }
  for (const name of sharedNames(response)) {
    if (!wanted.has(name.toLowerCase())) response.removeHeader(name);
  }
}

function sharedNames(response: ServerResponse): string[] {
  const names = (response as unknown as WithNames).getRawHeaderNames();
  return names.filter((name) => !OF_ONE_ANSWER.has(name.toLowerCase()));
}

/** The value of a header, whatever the case of its name. */
export function valueIn(head: Head, wanted: string): string | undefined {
  const index = head.findIndex((text, at) => at % 2 === 0 && text.toLowerCase() === wanted);
  return head[index + 1] !== undefined && index >= 0 ? head[index + 1] : undefined;
}

/** The head without some of its headers, named in lower case. */
export function without(head: Head, isUnwanted: (name: string) => boolean): Head {
  return head.filter((_, at) => !isUnwanted(head[at - (at % 2)]?.toLowerCase() ?? ''));
}

/** What a 304 says of the answer that it stands for. */
export function withoutBody(head: Head): Head {
  return without(head, (name) => OF_THE_BODY.test(name));
}

/** The `Vary` of an answer that has more than one encoding. */
export function varyByEncoding(vary: string | undefined): string {
  return vary === undefined ? 'Accept-Encoding' : `${vary}, Accept-Encoding`;
}
