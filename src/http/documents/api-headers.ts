import { ApiExtension, type OpenAPIObject } from '@nestjs/swagger';

/** What the headers say that answers carry. */
const HEADERS = {
  'X-Request-Id': 'Names the request, as the problem document and the log do',
  'Cache-Control':
    'For how long the answer may be kept: covered past days for a day, what is about today until the next poll of the bank; `no-store` for writes, problems and what is live',
  ETag: 'The version that this is, for `If-None-Match` or, of a rate that is written, for `If-Match`',
  Link: 'With `limit`: the address of the next page, `rel="next"`; absent from the last one',
  'Kurs-Not-Loaded':
    'Codes with days in the answer that are not loaded, so that nothing is said about them; separated by commas',
  'Kurs-Quarantined': 'Codes of which a figure of the bank is held, separated by commas',
  'Kurs-Missing-Sheet':
    'The sheet of this day could not be had, and earlier rates are carried on: `2026-11-28; code=cbr.html`',
  'Kurs-Data-As-Of':
    'Only while the database cannot be reached: when it was seen last; the answer is as of then, and is not to be kept',
  'Idempotent-Replayed': '`true` where this is the answer to an earlier request with the same key',
  'Retry-After': 'Seconds after which the same request may go well',
  Allow: 'The methods that there are, with 405',
  'WWW-Authenticate': 'How to send a key',
} as const;
type AnswerHeader = keyof typeof HEADERS;

const OF_EVERY_ANSWER: AnswerHeader[] = ['X-Request-Id', 'Cache-Control'];
/** What an answer carries because of its status. */
const OF_STATUS: Readonly<Record<string, AnswerHeader[]>> = {
  304: ['ETag', 'Kurs-Data-As-Of'],
  401: ['WWW-Authenticate'],
  412: ['ETag'],
  429: ['Retry-After'],
  503: ['Retry-After'],
  default: ['Allow', 'Retry-After'],
};
const IF_NONE_MATCH = {
  name: 'If-None-Match',
  in: 'header',
  description: 'The ETag of the version that the client has: 304 where it is the present one',
  required: false,
  schema: { type: 'string', example: 'W/"311-5f2b7a90c1d2e3f4"' },
};
const OWN = 'x-answer-headers';

/** Documents headers that the good answers of a route carry, besides those that its kind and status bring. */
export const ApiAnswerHeaders = (...names: AnswerHeader[]): MethodDecorator =>
  ApiExtension(OWN, names);

interface Operation {
  [OWN]?: AnswerHeader[];
  parameters?: object[];
  responses: Record<string, object>;
}

/** The document with the headers of every answer. A route that has a 304 has tags, and is asked for them. */
export function withHeaders(document: OpenAPIObject): OpenAPIObject {
  const items = Object.values(document.paths) as Record<string, Operation>[];
  for (const operation of items.flatMap((item) => Object.values(item))) {
    const { [OWN]: own = [], responses } = operation;
    Reflect.deleteProperty(operation, OWN);
    const isTagged = responses['304'] !== undefined;
    if (isTagged) operation.parameters = [...(operation.parameters ?? []), IF_NONE_MATCH];
    const ofGood: AnswerHeader[] = isTagged ? ['ETag', 'Kurs-Data-As-Of', ...own] : own;
    for (const [status, response] of Object.entries(responses)) {
      const ofStatus = status.startsWith('2') ? ofGood : (OF_STATUS[status] ?? []);
      Object.assign(response, { headers: references([...OF_EVERY_ANSWER, ...ofStatus]) });
    }
  }
  const headers = Object.fromEntries(
    Object.entries(HEADERS).map(([name, description]) => [
      name,
      { description, schema: { type: 'string' } } as const,
    ]),
  );
  return { ...document, components: { ...document.components, headers } };
}

function references(names: readonly AnswerHeader[]): object {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}
