import fc from 'fast-check';
import {
  type ApiDocument,
  type Endpoint,
  endpointsOf,
  resolved,
  type Schema,
} from './api-document.js';

/** A request as it goes over the wire, and the operation that it means. */
export interface FuzzedRequest {
  endpoint: Endpoint;
  method: string;
  /** Path and query, encoded. */
  address: string;
  headers: Record<string, string>;
  body: string | undefined;
}

/** What is at home in this service, right or nearly. */
const NEARLY = [
  ...['USD', 'usd', ' EUR ', 'RUB', 'RUR', 'XYZ', 'USD,EUR', 'USD,,EUR', 'USD,USD', 'R01235'],
  ...['2026-04-24', '2026-04-25', '1992-07-01', '1992-06-30', '2026-02-30', '9999-12-31', 'latest'],
  ...['2026-04-25T12:00:00Z', '2026-04-25T12:00:00+03:00', '2099-01-01T00:00:00Z', '24.04.2026'],
  ...['0', '1', '-1', '+1', '1.0', '1e3', '007', '149', '2147483647', '2147483648', '100.50'],
  ...['true', 'false', 'TRUE', 'all', 'cbr', 'month', 'week', 'half_even', 'calendar', 'pending'],
  ...[
    '',
    ' ',
    'null',
    'undefined',
    'NaN',
    'Infinity',
    '0.00000000000000000001',
    '99999999999999999',
  ],
  ...['0b6a7b0c-0b1d-4b0e-9d57-2d1c7c1f8a55:1', '2025-12-24.USD.cbr.R01235', '*', 'W/"1-abc"'],
];
const HOSTILE = [
  ...["' OR 1=1 --", '"; DROP TABLE rates; --', '../../etc/passwd', '..', '.', '%', '%00', '\0'],
  ...['__proto__', 'constructor', 'toString', '{}', '[]', '[object Object]', '$where', '${1}'],
  ...[
    '\r\nSet-Cookie: a=b',
    '\u202e',
    '\ud83d\ude00',
    'ж'.repeat(300),
    'A'.repeat(5_000),
    '<script>',
  ],
  ...['USD.csv', 'USD.json', '2026-04-24.xml', '(a+)+$', '\u0000\u0001', '١٢٣', 'İ', 'ﬀ'],
];
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

const anyText = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...NEARLY) },
  { weight: 2, arbitrary: fc.constantFrom(...HOSTILE) },
  { weight: 1, arbitrary: fc.string({ maxLength: 40, unit: 'binary' }) },
);

/** Requests for every operation of the document: valid, nearly valid, and hostile. */
export function requestsTo(document: ApiDocument, key: string): fc.Arbitrary<FuzzedRequest> {
  return fc.constantFrom(...endpointsOf(document)).chain((endpoint) => {
    const method = fc.oneof(
      { weight: 9, arbitrary: fc.constant(endpoint.method) },
      { weight: 1, arbitrary: fc.constantFrom(...METHODS) },
    );
    const parts = { endpoint: fc.constant(endpoint), method, body: bodyOf(document, endpoint) };
    const address = addressOf(endpoint);
    return fc.record({ ...parts, address, headers: headersOf(endpoint, key) });
  });
}

function addressOf({ path, operation }: Endpoint): fc.Arbitrary<string> {
  const parameters = operation.parameters ?? [];
  const inPath = parameters.filter((each) => each.in === 'path');
  const inQuery = parameters.filter((each) => each.in === 'query');
  const names = fc.tuple(...inPath.map(({ schema }) => textFor(schema)));
  const queries = fc.tuple(
    ...inQuery.map(({ schema, required }) =>
      fc.record({
        texts: fc.array(textFor(schema), { minLength: 1, maxLength: 2, size: 'xsmall' }),
        isThere: fc.integer({ min: 1, max: 100 }).map((chance) => chance <= (required ? 97 : 25)),
        isTwice: fc.integer({ min: 1, max: 30 }).map((chance) => chance === 1),
      }),
    ),
  );
  const stranger = rarely(fc.tuple(anyText, anyText));
  const broken = fc.oneof(
    { weight: 30, arbitrary: fc.constant('') },
    { weight: 1, arbitrary: fc.constantFrom('%', '%zz=1', '&&&', '?', '=', '%ff=%fe', '#x') },
  );
  return fc.tuple(names, queries, stranger, broken).map(([texts, query, other, tail]) => {
    const filled = inPath.reduce(
      (whole, { name }, index) => whole.replace(`{${name}}`, encoded(texts[index] ?? '') || '%20'),
      path,
    );
    const words = query.flatMap(({ texts: [first = '', second = ''], isThere, isTwice }, index) => {
      const name = inQuery[index]?.name ?? '';
      if (!isThere) return [];
      return [`${name}=${encoded(first)}`, ...(isTwice ? [`${name}=${encoded(second)}`] : [])];
    });
    if (other) words.push(`${encoded(other[0])}=${encoded(other[1])}`);
    if (tail !== '') words.push(tail);
    return words.length === 0 ? filled : `${filled}?${words.join('&')}`;
  });
}

/** The example or another value that fits, three times of four. */
function textFor(schema: Schema): fc.Arbitrary<string> {
  const fitting: fc.Arbitrary<unknown>[] = [];
  if (schema.example !== undefined) fitting.push(fc.constant(schema.example));
  if (schema.enum) fitting.push(fc.constantFrom(...schema.enum));
  if (schema.type === 'integer') {
    const { minimum: min = 0, maximum: max = 1_000 } = schema;
    fitting.push(fc.integer({ min, max }));
  }
  if (fitting.length === 0) return anyText;
  return fc.oneof(
    { weight: 3, arbitrary: fc.oneof(...fitting).map(String) },
    { weight: 1, arbitrary: anyText },
  );
}

function headersOf({ operation }: Endpoint, key: string): fc.Arbitrary<Record<string, string>> {
  const word = fc.constantFrom(...NEARLY, 'x'.repeat(3_000), '"abc"', '"a", W/"b"', '*/*;q=0', ';');
  const types = [
    'application/json',
    'text/csv',
    'application/x-ndjson',
    'text/html',
    '*/*',
    'a/b',
    '',
  ];
  const isWrite = operation.security !== undefined;
  return fc
    .record({
      'X-API-Key': isWrite
        ? fc.oneof({ weight: 6, arbitrary: fc.constant(key) }, { weight: 1, arbitrary: word })
        : rarely(word),
      Accept: rarely(fc.constantFrom(...types)),
      'If-None-Match': rarely(word),
      'If-Match': rarely(word),
      'Idempotency-Key': rarely(word),
      'Last-Event-ID': rarely(word),
      'Sec-Fetch-Site': rarely(fc.constantFrom('none', 'same-origin', 'cross-site')),
      Origin: rarely(fc.constantFrom('null', 'https://evil.example')),
      'Content-Type': fc.oneof(
        { weight: 12, arbitrary: fc.constant('application/json') },
        {
          weight: 1,
          arbitrary: fc.constantFrom('text/plain', 'application/json; charset=utf-7', 'x'),
        },
      ),
      'Content-Encoding': rarely(rarely(fc.constantFrom('gzip', 'br', 'sesame'))),
    })
    .map((headers) =>
      Object.fromEntries(
        Object.entries(headers).filter(
          (entry): entry is [string, string] => entry[1] !== undefined,
        ),
      ),
    );
}

function bodyOf(document: ApiDocument, { operation }: Endpoint): fc.Arbitrary<string | undefined> {
  const given = operation.requestBody?.content['application/json']?.schema;
  if (!given) return rarely(fc.constantFrom('{}', 'x'));
  const { properties = {}, required = [] } = resolved(document, given);
  const fields = Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, valueFor(schema)]),
  );
  const fitting = fc.record(fields, { requiredKeys: required as never[] });
  const nearly = fc.tuple(
    fitting,
    fc.dictionary(fc.constantFrom(...Object.keys(fields), 'x'), fc.jsonValue({ maxDepth: 1 })),
  );
  return fc.oneof(
    { weight: 6, arbitrary: fitting.map((body) => JSON.stringify(body)) },
    { weight: 4, arbitrary: nearly.map(([body, more]) => JSON.stringify({ ...body, ...more })) },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value)) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        ...[
          '',
          '{',
          '[',
          'null',
          '"x"',
          '{"code":"USD",}',
          '{"__proto__":{"code":"USD"}}',
          '\ufeff{}',
        ],
        ...['{"code":"A","code":"B"}', '['.repeat(5_000), `"${'x'.repeat(17_000)}"`, '1e999', '\0'],
      ),
    },
  );
}

/** Once in twelve times. */
function rarely<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: 11, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
}

function valueFor(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.type === 'integer') {
    return fc.oneof(fc.constant(schema.example), fc.integer(), fc.double());
  }
  const code = fc.stringMatching(/^[A-Z][A-Z0-9]{1,11}$/);
  return fc.oneof(
    { weight: 12, arbitrary: fc.constant(schema.example) },
    { weight: 2, arbitrary: anyText },
    { weight: 2, arbitrary: code },
    { weight: 1, arbitrary: fc.double() },
  );
}

/** Half surrogates have no encoding. */
function encoded(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString());
}
