import { type AsyncApiPart, reference } from '../common/async-api-part.js';
import type { Settings } from '../config/settings.js';
import { RATE_EVENTS } from '../events/rate-event.js';

const SERVERS = [{ $ref: '#/servers/nats' }];

/** The events of the stream, and their mirror. */
export function brokerMessages({
  NATS_SUBJECT_PREFIX: prefix,
  NATS_STREAM: stream,
  NATS_MIRROR_SUBJECT: mirror,
}: Settings): AsyncApiPart {
  const hasMirror = mirror !== '';
  return {
    channels: {
      events: {
        address: `${prefix}.events.{event}.{code}`,
        servers: SERVERS,
        description: `Stored in the JetStream stream ${stream}; headers identify the event.`,
        parameters: {
          event: { enum: [...RATE_EVENTS], description: 'What happened' },
          code: { description: 'Letter code of the currency', examples: ['USD'] },
        },
        messages: { storedRateEvent: reference('messages/storedRateEvent') },
      },
      ...(hasMirror && {
        mirror: {
          address: mirror,
          servers: SERVERS,
          description: 'The same, at most once, without headers.',
          messages: { rateEvent: reference('messages/rateEvent') },
        },
      }),
    },
    operations: {
      publishEvents: { action: 'send', channel: { $ref: '#/channels/events' } },
      ...(hasMirror && {
        mirrorEvents: { action: 'send', channel: { $ref: '#/channels/mirror' } },
      }),
    },
    messages: { storedRateEvent: STORED_EVENT },
    schemas: {},
  };
}

const STORED_EVENT = {
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
      'ce-type': { enum: RATE_EVENTS.map((event) => `kurs.${event}`) },
      'ce-time': { type: 'string', format: 'date-time' },
      'ce-subject': { type: 'string', description: 'Letter code' },
    },
  },
};
