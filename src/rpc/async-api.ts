import type { OpenAPIObject } from '@nestjs/swagger';
import { type AsyncApiPart, reference, type Schema } from '../common/async-api-part.js';
import type { Settings } from '../config/settings.js';
import { queryParametersOf } from '../http/documents/index.js';

/** Request methods on `<prefix>.<name>`. */
const METHODS = {
  latest: 'Rates of a day, by default those of the newest sheet',
  history: 'A page of the history of one currency',
  convert: 'Converts an amount through the rouble',
  status: 'State of the service',
} as const;

/** Differences from REST: no header has the next page, and every answer is limited. */
const LATEST: Record<string, Schema> = {
  date: {
    default: 'latest',
    description:
      'The day; `latest` is that of the newest sheet, which may be a later day. Any day up to `bank.last_answerable_date` of the status can be requested.',
  },
};
const HISTORY: Record<string, Schema> = {
  limit: { default: 1_000, description: 'At most this many rows; `next` leads to the next page.' },
  after: { description: '`next` of the previous page.' },
};

/** Fields for what REST has in headers; a history has them only if they are not empty. */
const LEFT_OUT: Record<string, Schema> = {
  not_loaded: {
    type: 'array',
    items: { type: 'string' },
    description: 'Codes with days that are not loaded',
  },
  quarantined: {
    type: 'array',
    items: { type: 'string' },
    description: 'Codes whose rate is carried, because a fixing is held in quarantine',
  },
};

const MISSING_SHEET: Schema = {
  type: 'object',
  required: ['date', 'code'],
  properties: { date: { type: 'string', format: 'date' }, code: { type: 'string' } },
  description:
    'The sheet of this day could not be fetched, for the reason `code`: earlier rates are carried. Absent if no sheet is missing',
};

function ofMethods<T>(entries: (name: string, title: string) => [string, T][]): Record<string, T> {
  return Object.fromEntries(
    Object.entries(METHODS).flatMap(([name, title]) => entries(name, title)),
  );
}

/** Requests over NATS, and their answers. */
export function methodMessages(
  openApi: OpenAPIObject,
  { NATS_SUBJECT_PREFIX }: Settings,
): AsyncApiPart {
  return {
    channels: channels(NATS_SUBJECT_PREFIX),
    operations: operations(),
    messages: messages(),
    schemas: schemas(openApi),
  };
}

function channels(prefix: string): Record<string, object> {
  const servers = [{ $ref: '#/servers/nats' }];
  return ofMethods<object>((name, title) => [
    [
      name,
      {
        address: `${prefix}.${name}`,
        servers,
        description: `${title}. A JSON object, or a packet of Nest's client.`,
        messages: { request: reference(`messages/${name}Request`) },
        bindings: { nats: { queue: 'kurs' } },
      },
    ],
    [
      `${name}Reply`,
      {
        address: null,
        servers,
        messages: {
          answer: reference(`messages/${name}Answer`),
          problem: reference('messages/problem'),
        },
      },
    ],
  ]);
}

function operations(): Record<string, object> {
  return ofMethods<object>((name, title) => [
    [
      name,
      {
        action: 'receive',
        title,
        channel: { $ref: `#/channels/${name}` },
        reply: { channel: { $ref: `#/channels/${name}Reply` } },
      },
    ],
  ]);
}

/** Headers of every answer about its data. */
const DATA_HEADERS = {
  'Kurs-Position': {
    type: 'string',
    description:
      'Newest event included in the answer, `log_id:seq`. An instance sees commits of another one within half a second: after an event, repeat the request while this is older',
  },
  'Kurs-Data-As-Of': {
    type: 'string',
    format: 'date-time',
    description: 'Only while the database is unreachable: time of the last successful contact',
  },
};

function messages(): Record<string, object> {
  const problem = {
    name: 'problem',
    title: 'Problem (RFC 9457)',
    payload: reference('schemas/Problem'),
    headers: {
      type: 'object',
      properties: {
        'Nats-Service-Error-Code': { type: 'string', pattern: '^\\d{3}$' },
        'Nats-Service-Error': { type: 'string' },
        ...DATA_HEADERS,
      },
    },
  };
  const headers = { type: 'object', properties: DATA_HEADERS };
  return {
    problem,
    ...ofMethods<object>((name, title) => [
      [`${name}Request`, { title, payload: reference(`schemas/${name}Parameters`) }],
      [`${name}Answer`, { title, payload: reference(`schemas/${name}Result`), headers }],
    ]),
  };
}

function schemas(openApi: OpenAPIObject): Record<string, Schema> {
  const code = { type: 'string', description: 'Letter code', examples: ['USD'] };
  const history = queryParametersOf(openApi, '/v1/rates/{code}/history');
  const isOfDay = (name: string) => !['from', 'to', 'limit', 'after'].includes(name);
  const latest = queryParametersOf(openApi, '/v1/rates', isOfDay);
  const list = (...items: Schema[]) => ({ type: 'array', items: { anyOf: items } });
  const [rate, group] = [reference('schemas/V1Rate'), reference('schemas/V1RateGroup')];
  return {
    latestParameters: { ...latest, properties: amended(latest, LATEST) },
    historyParameters: {
      ...history,
      required: ['code'],
      properties: { code, ...amended(history, HISTORY) },
    },
    convertParameters: queryParametersOf(openApi, '/v1/convert'),
    statusParameters: { type: 'object', additionalProperties: false },
    latestResult: {
      type: 'object',
      required: ['rates', 'not_loaded', 'quarantined'],
      properties: {
        rates: list(rate),
        ...LEFT_OUT,
        missing_sheet: MISSING_SHEET,
      },
    },
    historyResult: {
      type: 'object',
      required: ['rates', 'next'],
      properties: {
        rates: list(rate, group),
        next: {
          type: ['string', 'null'],
          description: '`after` of the next page; null after the last',
        },
        ...LEFT_OUT,
        missing_sheet: MISSING_SHEET,
      },
    },
    convertResult: reference('schemas/V1Conversion'),
    statusResult: reference('schemas/Status'),
  };
}

function amended({ properties }: Schema, changes: Record<string, Schema>): Schema {
  const entries = Object.entries(properties as Record<string, Schema>);
  return Object.fromEntries(entries.map(([name, was]) => [name, { ...was, ...changes[name] }]));
}
