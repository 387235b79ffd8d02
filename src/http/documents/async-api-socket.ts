import { CURRENCY_CODE } from '../../common/currency-code.js';
import { reference, type Schema } from './async-api-schemas.js';

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

export function socketChannel(): object {
  const names = ['rateEvent', ...Object.keys(SAID), ...Object.keys(HEARD)];
  return {
    address: '/ws/rates',
    servers: [{ $ref: '#/servers/socket' }],
    description: 'Every event, one text frame each; with `codes`, only the events of these.',
    messages: Object.fromEntries(names.map((name) => [name, reference(`messages/${name}`)])),
    bindings: { ws: { method: 'GET', query: QUERY } },
  };
}

export function socketOperations(): Record<string, object> {
  const channel = { $ref: '#/channels/socket' };
  const messages = (names: string[]) =>
    names.map((name) => ({ $ref: `#/channels/socket/messages/${name}` }));
  return {
    pushToSockets: {
      action: 'send',
      channel,
      messages: messages(['rateEvent', ...Object.keys(SAID)]),
    },
    hearSockets: { action: 'receive', channel, messages: messages(Object.keys(HEARD)) },
  };
}

export function socketMessages(): Record<string, object> {
  return Object.fromEntries(
    Object.entries({ ...SAID, ...HEARD }).map(([name, title]) => [
      name,
      { name, title, payload: reference(`schemas/${name}`) },
    ]),
  );
}

export function socketSchemas(): Record<string, Schema> {
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
