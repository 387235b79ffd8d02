import { jetstreamManager, type PubAck } from '@nats-io/jetstream';
import type { Msg, NatsConnection } from '@nats-io/transport-node';
import { Logger } from '@nestjs/common';
import type { ClientProxy } from '@nestjs/microservices';
import { lastValueFrom } from 'rxjs';
import { LeaseLostError } from '../../src/database/database.errors.js';
import { BrokerConnection } from '../../src/nats/broker-connection.js';
import type { StreamMessage } from '../../src/nats/jetstream.client-proxy.js';
import { BrokerUnavailableError } from '../../src/nats/nats.errors.js';
import { RATES_CLIENT } from '../../src/nats/rates-client.js';
import { RelayCursor } from '../../src/nats/relay-cursor.js';
import { eventually } from '../support/eventually.js';
import { withBody } from '../support/json.js';
import { sheetXml, USD } from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

describe('the relay', () => {
  const fixture = withKurs({ sheets: [sheetXml('25.04.2026', [USD])], broker: true });
  const { kurs } = fixture;

  beforeEach(() => relayed(1));

  afterEach(() => jest.restoreAllMocks());

  const relayed = (seq: number) =>
    eventually(
      `event ${seq} is sent`,
      async () => (await kurs.get(RelayCursor).relayedSeq()) === seq,
    );
  const make = (code: string) =>
    fetch(`${kurs.url}/v1/rates`, withBody('POST', { code, name: code, value: '1.5' }));

  it('does not blame the broker when another instance has taken over', async () => {
    const said = jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
    const lost = new LeaseLostError('relay');
    jest.spyOn(kurs.get(RelayCursor), 'moveTo').mockRejectedValueOnce(lost);
    await make('ORE');
    await relayed(2);
    // The bank of this test has no dictionary; the fetch may log that in the meantime.
    const ofRelay = said.mock.calls
      .flat()
      .filter((text) => /relay|NATS|broker/i.test(String(text)));
    expect(ofRelay).toEqual(['The relay pauses: Another instance holds the lease relay']);
  });

  describe('emits through the client of RATES_CLIENT, which', () => {
    let client: ClientProxy;

    beforeEach(() => {
      client = kurs.get<ClientProxy>(RATES_CLIENT);
    });

    const SUBJECT = 'rates.events.rate_created.ORE';
    const emit = (message: Partial<StreamMessage>) =>
      lastValueFrom(
        client.emit<PubAck | null, StreamMessage>(SUBJECT, {
          ...{ payload: '{}', id: 'ore-1', headers: { 'Kurs-Seq': '2' } },
          expect: { lastSequence: 1 },
          ...message,
        }),
      );

    it('publishes on the subject given as pattern, and completes with the acknowledgement', async () => {
      expect(await emit({})).toMatchObject({ stream: 'RATES', seq: 2, duplicate: false });
      const repeat = { expect: { lastSequence: 2 } };
      expect(await emit(repeat)).toMatchObject({ seq: 2, duplicate: true });
      const manager = await jetstreamManager(client.unwrap<NatsConnection>());
      const stored = await manager.streams.getMessage('RATES', { seq: 2 });
      expect([stored?.subject, stored?.string()]).toEqual([SUBJECT, '{}']);
      expect(stored?.header.get('Nats-Msg-Id')).toBe('ore-1');
      expect(stored?.header.get('Kurs-Seq')).toBe('2');
    });

    it('fails if the last message of the stream is not the expected one', async () => {
      await expect(emit({ expect: { lastSequence: 7 } })).rejects.toThrow(/wrong last sequence/);
      const another = { lastSequence: 1, lastMsgID: 'another' };
      await expect(emit({ expect: another })).rejects.toThrow(/wrong last msg ID/);
      expect(await emit({})).toMatchObject({ seq: 2 });
    });

    it('publishes without expectations, and completes once the broker has the message', async () => {
      const connection = client.unwrap<NatsConnection>();
      const subscription = connection.subscribe(SUBJECT);
      expect(await emit({ expect: null })).toBeNull();
      const { value: message } = (await subscription[Symbol.asyncIterator]().next()) as {
        value: Msg;
      };
      subscription.unsubscribe();
      expect(message.headers?.get('Nats-Msg-Id')).toBe('ore-1');
      expect(message.string()).toBe('{}');
    });

    it('sends no requests', async () => {
      await expect(lastValueFrom(client.send('rates.latest', {}))).rejects.toMatchObject({
        code: 'nats.no_requests',
      });
    });

    it('unwraps the connection, and fails at once without one', async () => {
      const { open } = kurs.get(BrokerConnection);
      expect(open).toBeDefined();
      expect(client.unwrap()).toBe(open);
      await fixture.broker.kill();
      await eventually('it is lost', () => kurs.get(BrokerConnection).open === undefined);
      expect(() => client.unwrap<NatsConnection>()).toThrow(BrokerUnavailableError);
      await expect(emit({})).rejects.toThrow(BrokerUnavailableError);
    });
  });
});
