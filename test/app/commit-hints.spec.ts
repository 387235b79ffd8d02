import { EventTail } from '../../src/events/event-tail.js';
import { BrokerConnection } from '../../src/nats/broker-connection.js';
import { createPostgres, type TestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { FakeBank } from '../support/fake-bank.js';
import { getJson, withBody } from '../support/json.js';
import { type RunningKurs, startKurs } from '../support/kurs.js';
import { NatsServer } from '../support/nats-server.js';
import { sheetXml, USD } from '../support/sheet-builder.js';

describe('a commit of one instance', () => {
  let bank: FakeBank;
  let broker: NatsServer;
  let database: TestDatabase;
  const started: RunningKurs[] = [];

  beforeEach(async () => {
    bank = await FakeBank.start();
    bank.publish(sheetXml('25.04.2026', [USD]));
    broker = await NatsServer.start();
    database = await createPostgres();
  });

  afterEach(async () => {
    for (const kurs of started.splice(0)) await kurs.stop();
    await database.drop();
    await broker.stop();
    await bank.stop();
  });

  const start = async () => {
    const kurs = await startKurs({
      ...{ CBR_BASE_URL: bank.url, DATABASE_URL: database.url, NATS_URL: broker.url },
    });
    started.push(kurs);
    await eventually('NATS is connected', () => kurs.get(BrokerConnection).state === 'connected');
    await kurs.get(BrokerConnection).open?.flush();
    return kurs;
  };

  it('wakes the log tail of the others before their own poll', async () => {
    const first = await start();
    const second = await start();
    // The poll does not call this method: only a hint wakes the tail.
    const woken = jest.spyOn(second.get(EventTail), 'wake');
    const body = { code: 'TST', name: 'Test', value: '1.5' };
    await getJson(`${first.url}/rates/create`, withBody('POST', body));
    await eventually('the other is told', () => woken.mock.calls.length > 0);
    await second.get(EventTail).caughtUp();
    expect(second.get(EventTail).position).toEqual(first.get(EventTail).position);
  });
});
