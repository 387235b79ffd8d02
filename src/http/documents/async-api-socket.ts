import { CURRENCY_CODE } from '../../common/currency-code.js';
import { reference, type Schema } from './async-api-schemas.js';

/** What the service says on the socket beside events. */
const SAID = {
  snapshot: 'The current rates, to those who ask with `snapshot=1`; what comes after `seq` follows',
  resyncRequired:
    'What was missed cannot be replayed: reload the rates; the events after `seq` follow',
  subscribed: 'The codes from here on: the answer to `subscribe` and `unsubscribe`',
  pong: 'Everything up to `seq` was sent: the answer to `ping`',
  socketError: 'A message that could not be dealt with',
} as const;

/** What a client may say. */
const HEARD = {
  subscribe: 'Adds these codes; a client that had all codes then has only these',
  unsubscribe: 'From here on without these codes',
  ping: 'Asks for a pong',
} as const;

const PLACE = {
  log_id: { type: 'string', format: 'uuid', description: 'Names the log' },
  seq: { type: 'integer', minimum: 0, description: 'A place in the log' },
};

/** What the handshake may say. */
const QUERY: Schema = {
  type: 'object',
  properties: {
    codes: { type: 'string', description: 'Letter codes, separated by commas; default all' },
    snapshot: { enum: ['0', '1'], description: '1: begin with the current rates' },
    since: {
      type: 'string',
      description: '`<log_id>:<seq>` or `<seq>`: begin with what was missed since',
    },
  },
  additionalProperties: false,
};

export function socketChannel(): object {
  const names = ['rateEvent', ...Object.keys(SAID), ...Object.keys(HEARD)];
  return {
    address: '/ws/rates',
    servers: [{ $ref: '#/servers/socket' }],
    description: 'Every event, one text frame each; those of some codes, where they are named.',
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
