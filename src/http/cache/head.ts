import type { ServerResponse } from 'node:http';
import { OF_THE_BODY } from '../answers/index.js';

/** Names and values of headers in turn, as `writeHead` takes them fastest. */
export type Head = readonly string[];

interface WithNames {
  /** Names as they were written; Node's types know it for requests alone. */
  getRawHeaderNames(): string[];
}

/** They belong to one answer: Node writes them, `RequestWatch` does, or they say how the body is encoded. */
const OF_ONE_ANSWER =
  /^(?:connection|keep-alive|transfer-encoding|x-request-id|content-(?:length|encoding))$/i;

/** The headers of a response that every answer with the same content has. */
export function headOf(response: ServerResponse): Head {
  const head: string[] = [];
  for (const name of (response as unknown as WithNames).getRawHeaderNames()) {
    if (!OF_ONE_ANSWER.test(name)) head.push(name, String(response.getHeader(name)));
  }
  return head;
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

/** Says in `Vary` that the answer has more than one encoding. */
export function varyByEncoding(response: ServerResponse): void {
  const vary = response.getHeader('Vary');
  response.setHeader(
    'Vary',
    vary === undefined ? 'Accept-Encoding' : `${String(vary)}, Accept-Encoding`,
  );
}
