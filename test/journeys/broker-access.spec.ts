import { readFileSync } from 'node:fs';
import { connect } from '@nats-io/transport-node';
import { CANARY } from '../support/canary.js';
import { byCredentialsFile, byTls } from '../support/broker-access.js';
import { createSqlite, type TestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { FakeBank } from '../support/fake-bank.js';
import { freePort } from '../support/free-port.js';
import { getJson, type RateBody, withBody } from '../support/json.js';
import { startKurs } from '../support/kurs.js';
import { KursProcess } from '../support/kurs-process.js';
import { NatsServer } from '../support/nats-server.js';
import { manyValutes, sheetXml } from '../support/sheet-builder.js';

interface Status {
  nats: {
    state: string;
    backlog: number;
    jetstream: boolean | null;
    denied: { operation: string; subject: string }[];
  };
}

/** What nats-server tells of its clients. */
interface Connections {
  connections: { name?: string; subscriptions_list?: string[] }[];
}

/** One for each method, by the last word of its subject. */
const QUESTIONS = {
  latest: {},
  history: { code: 'X000' },
  convert: { amount: '1', from: 'X000', to: 'RUB', date: 'latest' },
  status: {},
};

describe('a broker that authenticates its clients', () => {
  let bank: FakeBank;
  let broker: NatsServer;
  let database: TestDatabase;
  let kurs: KursProcess;
  let url: string;
  let stop: () => Promise<unknown>;

  beforeEach(async () => {
    bank = await FakeBank.start();
    bank.publish(sheetXml('25.04.2026', manyValutes(3)));
    database = await createSqlite();
  });

  afterEach(async () => {
    await stop();
    await broker.stop();
    await database.drop();
    await bank.stop();
  });

  const settings = () => ({ CBR_BASE_URL: bank.url, DATABASE_URL: database.url });
  /** In a process of its own, whose output may not contain the secret. */
  const start = async (environment: Record<string, string>) => {
    kurs = await KursProcess.start({ ...settings(), ...environment });
    stop = () => kurs.kill('SIGKILL');
    ({ url } = kurs);
    await kurs.printed(/saved 3 records/);
  };
  const startHere = async (environment: Record<string, string>) => {
    const running = await startKurs({ ...settings(), ...environment });
    stop = () => running.stop();
    ({ url } = running);
  };
  const nats = async () => (await getJson<Status>(`${url}/v1/status`)).nats;
  const expectDelivery = async () => {
    await eventually('the broker has everything', async () => {
      const { state, backlog } = await nats();
      return state === 'connected' && backlog === 0;
    });
    expect(await nats()).toMatchObject({ jetstream: true });
  };
  const withLogin = (login: string) => broker.url.replace('//', `//${login}@`);

  it('accepts the user and password of NATS_URL', async () => {
    const config = `authorization { user: kurs, password: "${CANARY}:@/" }`;
    broker = await NatsServer.start({ config });
    await start({ NATS_URL: withLogin(`kurs:${encodeURIComponent(`${CANARY}:@/`)}`) });
    await expectDelivery();
  });

  it('accepts the token of NATS_URL', async () => {
    broker = await NatsServer.start({ config: `authorization { token: ${CANARY} }` });
    await start({ NATS_URL: withLogin(CANARY) });
    await expectDelivery();
  });

  it('accepts a credentials file', async () => {
    const { config, environment } = await byCredentialsFile();
    broker = await NatsServer.start({ config });
    await startHere({ NATS_URL: broker.url, ...environment });
    await expectDelivery();
  });

  it.each(['nats', 'tls'])('accepts client certificates, at %s://', async (protocol) => {
    const { config, environment } = await byTls();
    broker = await NatsServer.start({ config });
    const address = broker.url.replace('nats://127.0.0.1', `${protocol}://localhost`);
    await startHere({ NATS_URL: address, ...environment });
    await expectDelivery();
  });

  it('needs to grant no more than the permissions of SECURITY.md', async () => {
    const text = readFileSync('SECURITY.md', 'utf8');
    const permissions = /permissions: \{\n[^}]*\}/.exec(text)?.[0] ?? 'permissions: {}';
    const port = await freePort();
    const users = `{ user: kurs, password: k, ${permissions} }, { user: other, password: o }`;
    broker = await NatsServer.start({
      config: `authorization { users: [ ${users} ] }\nhttp: "127.0.0.1:${port}"`,
    });
    const other = await connect({ servers: broker.url, user: 'other', pass: 'o' });
    const heard = new Set<string>();
    other.subscribe('rates.>', { callback: (_, { subject }) => void heard.add(subject) });
    await other.flush();
    await startHere({ NATS_URL: withLogin('kurs:k') });
    await expectDelivery();

    for (const [name, question] of Object.entries(QUESTIONS)) {
      const answer = await other.request(`rates.${name}`, JSON.stringify(question));
      expect([name, answer.headers?.has('Nats-Service-Error-Code') ?? false]).toEqual([
        name,
        false,
      ]);
    }
    const said = ['rates.hints', 'rates.updates', 'rates.events.rate_created.X000'];
    await eventually('everything is said', () => said.every((subject) => heard.has(subject)));
    const thief = await connect({ servers: broker.url, user: 'kurs', pass: 'k', name: 'thief' });
    thief.subscribe('rates.events.>', { callback: () => undefined });
    await thief.flush();
    const { connections } = await getJson<Connections>(`http://127.0.0.1:${port}/connz?subs=1`);
    const subscriptionsOf = (wanted: string) =>
      connections.find(({ name }) => name === wanted)?.subscriptions_list ?? [];
    expect(subscriptionsOf('kurs')).toEqual(
      expect.arrayContaining(['hints', ...Object.keys(QUESTIONS)].map((name) => `rates.${name}`)),
    );
    expect(subscriptionsOf('thief')).toEqual([]);
    await Promise.all([other.close(), thief.close()]);
  });

  it('may deny a permission: it is logged once, shown in the status, and retried', async () => {
    const other = '{ user: other, password: o }';
    const deny = `permissions: {
      publish: { deny: ["rates.updates", "_INBOX.shop.>"] }
      subscribe: { deny: ["rates.latest"] }
    }`;
    const users = (permissions: string) =>
      `authorization { users: [ { user: kurs, password: k ${permissions} }, ${other} ] }`;
    broker = await NatsServer.start({ config: users(`, ${deny}`) });
    await start({ NATS_URL: withLogin('kurs:k') });
    await expectDelivery();
    const shop = await connect({
      ...{ servers: broker.url, user: 'other', pass: 'o', inboxPrefix: '_INBOX.shop' },
    });
    for (const _ of [1, 2])
      await expect(shop.request('rates.status', '{}', { timeout: 500 })).rejects.toThrow();
    for (const code of ['ORE', 'TIN']) {
      await getJson(`${url}/rates/create`, withBody('POST', { code, name: code, value: '1.5' }));
    }
    const denied = [
      { operation: 'publish', subject: '_INBOX.>' },
      { operation: 'publish', subject: 'rates.updates' },
      { operation: 'subscription', subject: 'rates.latest' },
    ];
    let shown: object[] = [];
    // One look for both: while a subscription is tried again it is shown no more for a moment.
    await eventually('all of it is shown', async () => {
      shown = (await nats()).denied;
      return shown.length === denied.length;
    });
    expect(shown).toEqual(
      expect.arrayContaining(denied.map((each) => expect.objectContaining(each) as object)),
    );
    await expectDelivery();
    expect(await getJson(`${url}/health`)).toMatchObject({
      status: 'degraded',
      checks: { broker: { status: 'degraded' } },
    });
    for (const { subject } of denied) {
      const lines = kurs.output.split('\n').filter((line) => line.includes(`"${subject}"`));
      expect([subject, lines.length]).toEqual([subject, 1]);
    }
    broker.reload(users(''));
    // The broker throws out whoever it meets while it reads its users anew.
    const isAnswered = async () => {
      const asking = await connect({ servers: broker.url, user: 'other', pass: 'o' });
      try {
        await asking.request('rates.latest', '{}', { timeout: 1_000 });
      } finally {
        await asking.close();
      }
      return true;
    };
    await eventually('rates.latest is answered', () => isAnswered().catch(() => false));
    expect((await nats()).denied.map(({ subject }) => subject)).not.toContain('rates.latest');
    await shop.close();
  });

  it('is retried with a wrong password, which never appears in the log', async () => {
    broker = await NatsServer.start({ config: 'authorization { user: kurs, password: right }' });
    await start({ NATS_URL: withLogin(`kurs:${CANARY}`) });
    await kurs.printed(/NATS is not reachable, trying on: .*Authorization Violation/i);
    const rate = withBody('POST', { code: 'XAU', name: 'Gold', value: '1.5' });
    expect(await getJson<RateBody>(`${url}/rates/create`, rate)).toMatchObject({ id: 4 });
    expect(await nats()).toMatchObject({ state: 'connecting', backlog: 4, jetstream: null });
    expect(kurs.output).not.toContain(CANARY);
  });
});
