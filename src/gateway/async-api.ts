import { type AsyncApiPart, reference, type Schema } from '../common/async-api-part.js';
import { CURRENCY_CODE } from '../common/currency-code.js';

/** Messages of the service on the socket, besides events. */
const SAID = {
  snapshot: 'Current rates, with `snapshot=1`; the events after `seq` follow',
  resyncRequired:
    'Missed events cannot be replayed: reload the rates; the events after `seq` follow',
  subscribed: 'Current codes: the answer to `subscribe` and `unsubscribe`',
  pong: 'Everything up to `seq` was sent: the answer to `ping`',
  socketError: 'Answer to an invalid message',
} as const;

/** Messages of a client. */
const HEARD = {
  subscribe: 'Adds these codes; a client that had all codes then has only these',
  unsubscribe: 'Removes these codes',
  ping: 'Requests a pong',
} as const;

const PLACE = {
  log_id: { type: 'string', format: 'uuid', description: 'Id of the log' },
  seq: { type: 'integer', minimum: 0, description: 'Position in the log' },
};

/** Parameters of the handshake. */
const QUERY: Schema = {
  type: 'object',
  properties: {
    codes: { type: 'string', description: 'Letter codes, separated by commas; default all' },
    snapshot: { enum: ['0', '1'], description: '1: start with the current rates' },
    since: {
      type: 'string',
      description: '`<log_id>:<seq>` or `<seq>`: start with the events missed since',
    },
  },
  additionalProperties: false,
};

/** What the socket sends and receives; `rateEvent` is on the broker as well. */
export function socketMessages(): AsyncApiPart {
  return {
    channels: { socket: channel() },
    operations: operations(),
    messages: messages(),
    schemas: schemas(),
  };
}

function channel(): object {
  const names = ['rateEvent', ...Object.keys(SAID), ...Object.keys(HEARD)];
  return {
    address: '/ws/rates',
    servers: [{ $ref: '#/servers/socket' }],
    description: 'Every event, one text frame each; with `codes`, only the events of these.',
    messages: Object.fromEntries(names.map((name) => [name, reference(`messages/${name}`)])),
    bindings: { ws: { method: 'GET', query: QUERY } },
  };
}

function operations(): Record<string, object> {
  const socket = { channel: { $ref: '#/channels/socket' } };
  const named = (names: string[]) =>
    names.map((name) => ({ $ref: `#/channels/socket/messages/${name}` }));
  return {
    pushToSockets: {
      action: 'send',
      ...socket,
      messages: named(['rateEvent', ...Object.keys(SAID)]),
    },
    hearSockets: { action: 'receive', ...socket, messages: named(Object.keys(HEARD)) },
  };
}

function messages(): Record<string, object> {
  const event = { name: 'rateEvent', title: 'A rate has changed' };
  const others = Object.entries({ ...SAID, ...HEARD }).map(([name, title]) => [
    name,
    { name, title, payload: reference(`schemas/${name}`) },
  ]);
  return {
    rateEvent: { ...event, payload: reference('schemas/RateEvent') },
    ...(Object.fromEntries(others) as Record<string, object>),
  };
}

function schemas(): Record<string, Schema> {
  const codes = {
    type: 'array',
    items: { type: 'string', pattern: CURRENCY_CODE.source, examples: ['USD'] },
  };
  const ofCodes = (event: string, least: number) =>
    message(event, { data: object({ codes: { ...codes, minItems: least } }) });
  return {
    snapshot: message('snapshot', {
      ...PLACE,
      rates: { type: 'array', items: reference('schemas/Rate') },
    }),
    resyncRequired: message('resync_required', PLACE),
    subscribed: ofCodes('subscribed', 0),
    pong: message('pong', PLACE),
    socketError: message('error', {
      data: object({
        code: { type: 'string', examples: ['gateway.unknown_message'] },
        message: { type: 'string' },
      }),
    }),
    subscribe: ofCodes('subscribe', 1),
    unsubscribe: ofCodes('unsubscribe', 1),
    ping: message('ping', {}),
  };
}

function message(event: string, properties: Schema): Schema {
  return object({ event: { const: event }, ...properties });
}

function object(properties: Schema): Schema {
  return { type: 'object', required: Object.keys(properties), properties };
}
