import { ApiExtension, type OpenAPIObject } from '@nestjs/swagger';

/** Descriptions of response headers. */
const HEADERS = {
  'X-Request-Id': 'Id of the request, as in the problem document and the log',
  'Cache-Control':
    'Lifetime of the answer: a day for covered past days, until the next poll of the bank for today; `no-store` for writes, problems and live data',
  ETag: 'Version of the answer, for `If-None-Match`; of a rate, also for `If-Match`',
  'Last-Modified':
    'Since when this instance has had the data, for `If-Modified-Since`; absent within the second of a change',
  Link: 'With `limit`: address of the next page, `rel="next"`; absent on the last page',
  'Kurs-Not-Loaded':
    'Codes with days in the range that are not loaded and therefore missing in the answer; separated by commas',
  'Kurs-Quarantined': 'Codes with a fixing held in quarantine, separated by commas',
  'Kurs-Missing-Sheet':
    'The sheet of this day could not be fetched, and earlier rates are carried: `2026-11-28; code=cbr.html`',
  'Kurs-Built':
    '`true` if the document is built from the stored figures: its bytes are not those of the bank',
  'Kurs-Data-As-Of':
    'Only while the database is unreachable: time of the last successful contact. The answer is as of then, and must not be cached',
  'Idempotent-Replayed':
    '`true` if this repeats the answer to an earlier request with the same key',
  'Retry-After': 'Seconds after which a retry may succeed',
  Allow: 'Allowed methods, with 405',
  'WWW-Authenticate': 'How to send a key',
} as const;
type AnswerHeader = keyof typeof HEADERS;

const OF_EVERY_ANSWER: AnswerHeader[] = ['X-Request-Id', 'Cache-Control'];
/** Headers by status. */
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
  description: "ETag of the client's version: 304 if it is current",
  required: false,
  schema: { type: 'string', example: 'W/"311-5f2b7a90c1d2e3f4"' },
};
const OWN = 'x-answer-headers';

/** Documents additional headers of successful answers of a route. */
export const ApiAnswerHeaders = (...names: AnswerHeader[]): MethodDecorator =>
  ApiExtension(OWN, names);

interface Operation {
  [OWN]?: AnswerHeader[];
  parameters?: object[];
  responses: Record<string, object>;
}

/** Adds headers to every answer of the document. A route with a 304 has ETags and takes `If-None-Match`. */
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
