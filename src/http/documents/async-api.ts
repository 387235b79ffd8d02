import type { OpenAPIObject } from '@nestjs/swagger';
import type { Settings } from '../../config/settings.js';
import { VERSION } from '../../config/version.js';
import {
  channelsOfMethods,
  messagesOfMethods,
  operationsOfMethods,
  schemasOfMethods,
} from './async-api-methods.js';
import { reference, sharedSchemas } from './async-api-schemas.js';
import {
  socketChannel,
  socketMessages,
  socketOperations,
  socketSchemas,
} from './async-api-socket.js';

const DESCRIPTION =
  'Every change of a rate, in order: as a text frame on the WebSocket, and as the same bytes on NATS. ' +
  'At least once, with the same id on every repeat; `seq` grows by one with every event.';

interface AsyncApiDocument extends Record<string, unknown> {
  servers: Record<string, object>;
}

/** The same document for a client that uses another address. */
export function servedAt(address: string, document: AsyncApiDocument): AsyncApiDocument {
  return { ...document, servers: { ...document.servers, socket: socketServer(address) } };
}

function socketServer(address: string): object {
  const { protocol, host, pathname } = new URL(address);
  return {
    host,
    protocol: protocol === 'https:' ? 'wss' : 'ws',
    ...(pathname !== '/' && { pathname }),
    description: 'This service',
  };
}

/** AsyncAPI 3 document, with the schemas of the OpenAPI document. */
export function asyncApiDocument(openApi: OpenAPIObject, settings: Settings): AsyncApiDocument {
  const {
    NATS_SUBJECT_PREFIX: prefix,
    NATS_STREAM: stream,
    NATS_MIRROR_SUBJECT: mirror,
  } = settings;
  const events = { rateEvent: reference('messages/rateEvent') };
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Kurs',
      version: VERSION,
      description: DESCRIPTION,
      license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
    },
    defaultContentType: 'application/json',
    servers: {
      socket: socketServer(settings.PUBLIC_URL || `http://localhost:${settings.PORT}`),
      nats: { host: 'localhost:4222', protocol: 'nats', description: 'The broker of NATS_URL' },
    },
    channels: {
      socket: socketChannel(),
      events: {
        address: `${prefix}.events.{event}.{code}`,
        servers: [{ $ref: '#/servers/nats' }],
        description: `Stored in the JetStream stream ${stream}; headers identify the event.`,
        parameters: {
          event: {
            enum: ['rate_created', 'rate_updated', 'rate_deleted'],
            description: 'What happened',
          },
          code: { description: 'Letter code of the currency', examples: ['USD'] },
        },
        messages: { storedRateEvent: reference('messages/storedRateEvent') },
      },
      ...(mirror !== '' && {
        mirror: {
          address: mirror,
          servers: [{ $ref: '#/servers/nats' }],
          description: 'The same, at most once, without headers.',
          messages: events,
        },
      }),
      ...channelsOfMethods(prefix),
    },
    operations: {
      ...socketOperations(),
      publishEvents: { action: 'send', channel: { $ref: '#/channels/events' } },
      ...(mirror !== '' && {
        mirrorEvents: { action: 'send', channel: { $ref: '#/channels/mirror' } },
      }),
      ...operationsOfMethods(),
    },
    components: {
      messages: { ...EVENT_MESSAGES, ...socketMessages(), ...messagesOfMethods() },
      schemas: {
        ...sharedSchemas(openApi, [
          ...['RateEvent', 'Rate', 'Problem', 'Status', 'V1Rate', 'V1RateGroup', 'V1Conversion'],
        ]),
        ...socketSchemas(),
        ...schemasOfMethods(openApi),
      },
    },
  };
}

const EVENT_MESSAGES = {
  rateEvent: {
    name: 'rateEvent',
    title: 'A rate has changed',
    payload: reference('schemas/RateEvent'),
  },
  storedRateEvent: {
    name: 'storedRateEvent',
    title: 'A rate has changed',
    payload: reference('schemas/RateEvent'),
    headers: {
      type: 'object',
      required: ['Nats-Msg-Id', 'Kurs-Seq', 'ce-id', 'ce-source', 'ce-specversion', 'ce-type'],
      properties: {
        'Nats-Msg-Id': { type: 'string', format: 'uuid', description: '`event_id`' },
        'Kurs-Seq': { type: 'string', pattern: '^\\d+$', description: '`seq`' },
        'content-type': { const: 'application/json' },
        'ce-id': { type: 'string', format: 'uuid', description: 'CloudEvents 1.0: `event_id`' },
        'ce-source': { type: 'string', pattern: '^urn:kurs:', description: 'Log, by `log_id`' },
        'ce-specversion': { const: '1.0' },
        'ce-type': { enum: ['kurs.rate_created', 'kurs.rate_updated', 'kurs.rate_deleted'] },
        'ce-time': { type: 'string', format: 'date-time' },
        'ce-subject': { type: 'string', description: 'Letter code' },
      },
    },
  },
};
