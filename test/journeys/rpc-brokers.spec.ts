import { connect } from '@nats-io/transport-node';
import { FakeBank } from '../support/fake-bank.js';
import { type ProblemBody } from '../support/json.js';
import { KursProcess } from '../support/kurs-process.js';
import { NatsServer } from '../support/nats-server.js';

describe('request and reply over NATS', () => {
  let bank: FakeBank;

  beforeAll(async () => {
    bank = await FakeBank.start();
  });

  afterAll(() => bank.stop());

  it('rejects requests of 870 kB before parsing them, and answers others meanwhile', async () => {
    const wide = await NatsServer.start({ jetstream: false });
    const other = await KursProcess.start({
      CBR_BASE_URL: bank.url,
      NATS_URL: wide.url,
      DATABASE_URL: 'sqlite:wide.db',
    });
    await other.printed(/NATS is connected/);
    const before = other.output;
    const asking = await connect({ servers: wide.url });
    const names = Array.from({ length: 70_000 }, (_, at) => `"n${at}":1`).join(',');
    const answers = Array.from({ length: 5 }, async () => {
      const answer = await asking.request('rates.latest', `{${names}}`, { timeout: 10_000 });
      return answer.json<ProblemBody>().code;
    });
    const small = await asking.request('rates.status', '{}', { timeout: 2_000 });
    expect(small.headers?.keys()).toEqual(['Kurs-Position']);
    expect(await Promise.all(answers)).toEqual(Array(5).fill('rpc.malformed_request'));
    expect(other.output.slice(before.length)).not.toMatch(/rates\.latest|\n +at /);
    await asking.close();
    await other.kill('SIGKILL');
    await wide.stop();
  });

  it('logs an answer whose error exceeds max_payload as well, and continues', async () => {
    const narrow = await NatsServer.start({ jetstream: false, config: 'max_payload: 100' });
    const other = await KursProcess.start({
      CBR_BASE_URL: bank.url,
      NATS_URL: narrow.url,
      DATABASE_URL: 'sqlite:other.db',
    });
    await other.printed(/NATS is connected/);
    const asking = await connect({ servers: narrow.url });
    asking.publish('rates.status', '{}', { reply: '_INBOX.nobody' });
    await other.printed(/rates\.status got no answer/);
    expect((await fetch(`${other.url}/health/live`)).status).toBe(200);
    await asking.close();
    await other.kill('SIGKILL');
    await narrow.stop();
  });

  it('answers clients with another inbox prefix if it is configured', async () => {
    const broker = await NatsServer.start();
    const other = await KursProcess.start({
      CBR_BASE_URL: bank.url,
      NATS_URL: broker.url,
      DATABASE_URL: 'sqlite:shop.db',
      NATS_SUBJECT_PREFIX: 'shop',
      NATS_STREAM: 'SHOP',
      NATS_REPLY_PREFIXES: '_INBOX,_INBOX_shop',
    });
    await other.printed(/NATS is connected/);
    const asking = await connect({ servers: broker.url, inboxPrefix: '_INBOX_shop' });
    const answer = await asking.request('shop.status', '{}', { timeout: 5_000 });
    expect(answer.json()).toMatchObject({ database: 'sqlite' });
    await asking.close();
    await other.kill('SIGKILL');
    await broker.stop();
  });
});
