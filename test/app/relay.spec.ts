import { Logger } from '@nestjs/common';
import { LeaseLostError } from '../../src/database/database.errors.js';
import { BrokerConnection } from '../../src/nats/broker-connection.js';
import { JetStreamClientProxy } from '../../src/nats/jetstream.client-proxy.js';
import { BrokerUnavailableError } from '../../src/nats/nats.errors.js';
import { RelayCursor } from '../../src/nats/relay-cursor.js';
import { createSqlite, type TestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { FakeBank } from '../support/fake-bank.js';
import { withBody } from '../support/json.js';
import { type RunningKurs, startKurs } from '../support/kurs.js';
import { NatsServer } from '../support/nats-server.js';
import { sheetXml, USD } from '../support/sheet-builder.js';

describe('the relay', () => {
  let bank: FakeBank;
  let nats: NatsServer;
  let database: TestDatabase;
  let kurs: RunningKurs;

  beforeEach(async () => {
    bank = await FakeBank.start();
    bank.publish(sheetXml('25.04.2026', [USD]));
    nats = await NatsServer.start();
    database = await createSqlite();
    const environment = { CBR_BASE_URL: bank.url, DATABASE_URL: database.url };
    kurs = await startKurs({ ...environment, NATS_URL: nats.url });
    await relayed(1);
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await kurs.stop();
    await database.drop();
    await nats.stop();
    await bank.stop();
  });

  const relayed = (seq: number) =>
    eventually(`event ${seq} is sent`, async () => (await kurs.get(RelayCursor).read()) === seq);
  const make = (code: string) =>
    fetch(`${kurs.url}/v1/rates`, withBody('POST', { code, name: code, value: '1.5' }));

  it('does not blame the broker where another instance has taken over', async () => {
    const said = jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
    const lost = new LeaseLostError('relay');
    jest.spyOn(kurs.get(RelayCursor), 'moveTo').mockRejectedValueOnce(lost);
    await make('ORE');
    await relayed(2);
    // The bank of this test has no dictionary, which the fetch may say meanwhile.
    const ofRelay = said.mock.calls
      .flat()
      .filter((text) => /relay|NATS|broker/i.test(String(text)));
    expect(ofRelay).toEqual(['The relay pauses: Another instance does relay now']);
  });

  it('unwraps the connection, where there is one', async () => {
    const proxy = kurs.get(JetStreamClientProxy);
    const { open } = kurs.get(BrokerConnection);
    expect(open).toBeDefined();
    expect(proxy.unwrap()).toBe(open);
    await nats.kill();
    await eventually('it is lost', () => kurs.get(BrokerConnection).open === undefined);
    expect(() => proxy.unwrap()).toThrow(BrokerUnavailableError);
  });
});
