import type { KursOptions } from '../../clients/js/src/kurs.js';
import { CommandProcess } from '../support/command-process.js';
import { TcpProxy } from '../support/tcp-proxy.js';
import { Listener } from './listener.js';
import { LiveService } from './live-service.js';
import { WAYS } from './tapped-socket.js';

/** Soon enough for a test; what is waited for stays the same. */
const SOON = { pingAfterMs: 300, answerWithinMs: 500, silenceMs: 800, mostWaitMs: 500 };

/** By both ways at once: what they wait for, they wait for together. */
describe('JavaScript clients that lose their connections', () => {
  let service: LiveService;
  let proxy: TcpProxy;
  let listeners: Listener[];

  beforeAll(async () => {
    service = await LiveService.start();
    proxy = await TcpProxy.start(service.port);
  });
  afterAll(async () => {
    await proxy.stop();
    await service.stop();
  });
  beforeEach(() => (listeners = []));
  afterEach(() => {
    for (const { client } of listeners) client.close();
    proxy.heal();
  });

  const begin = async (url: string, options: KursOptions = {}) => {
    listeners = WAYS.map(({ WebSocket }) => new Listener(url, { WebSocket, ...options }));
    await all((listener) => listener.hasSnapshots(1));
  };
  const all = (step: (listener: Listener) => Promise<void>) => Promise.all(listeners.map(step));
  const throughProxy = (options: KursOptions = {}) =>
    begin(`http://127.0.0.1:${proxy.port}`, { timing: SOON, ...options });
  const expectEverything = () =>
    all(async (listener) => {
      const events = await service.events(listener.snapshots[0]?.seq);
      await listener.hasRates(events.length);
      expect(listener.rates).toEqual(events);
      expect(listener.client.position).toEqual(await service.position());
      expect(listener.snapshots).toHaveLength(1);
    });

  it('lose and repeat nothing after a reset', async () => {
    await throughProxy();
    for (let round = 1; round <= 2; round++) {
      await all((listener) => listener.turned('live', round));
      await service.make(`A${round}`);
      proxy.cut({ refusing: round === 2 });
      await service.make(`B${round}`, `C${round}`);
      await all((listener) => listener.turned('waiting', round));
      proxy.heal();
    }
    await expectEverything();
    expect(listeners.flatMap(({ errors }) => errors)).toEqual([]);
  });

  it('keep a filter that was changed meanwhile', async () => {
    await throughProxy();
    for (const { client } of listeners) client.subscribe(['ONE']);
    proxy.cut();
    await service.make('TWO', 'ONE');
    await all((listener) => listener.hasRates(1));
    await service.make('TWO', 'ONE');
    await all((listener) => listener.hasRates(2));
    expect(listeners.map(({ codes }) => codes)).toEqual(listeners.map(() => ['ONE', 'ONE']));
  });

  it('detect a silently dead connection', async () => {
    await throughProxy();
    proxy.swallow();
    await service.make('UNHEARD');
    await all((listener) => listener.turned('waiting', 2));
    const reasons = listeners.map((listener) => listener.reasons.slice(0, 2));
    expect(reasons).toEqual([
      [expect.stringMatching(/neither answers/), expect.stringMatching(/neither connects/)],
      [expect.stringMatching(/neither speaks/), expect.stringMatching(/neither connects/)],
    ]);
    proxy.heal();
    await expectEverything();
  });

  it('restart with a snapshot after the log was replaced', async () => {
    await begin(service.url, { codes: ['USD', 'NEW'] });
    const before = await service.position();
    const environment = { DATABASE_URL: service.databaseUrl };
    const command = new CommandProcess('events:new-log', environment, []);
    expect(await command.exited).toEqual({ code: 0, signal: null });
    await service.make('NEW');
    await all((listener) => listener.hasSnapshots(2));
    await service.make('NEW');
    await all((listener) => listener.hasRates(1));
    const last = (await service.events()).at(-1);
    for (const { client, order, rates } of listeners) {
      expect(order).toContain('resync');
      expect(client.position?.log_id).not.toBe(before.log_id);
      expect(rates.at(-1)).toEqual(last);
    }
  });

  it('lose and repeat nothing if the service is killed', async () => {
    await begin(service.url, { timing: { mostWaitMs: SOON.mostWaitMs } });
    await service.make('K1', 'K2');
    await service.end('SIGKILL');
    await service.begin();
    await service.make('K3');
    await expectEverything();
    await service.make('K4');
    await expectEverything();
    await all((listener) => listener.turned('live', 2));
  });

  it('wait as long as a restarting service requests', async () => {
    await begin(service.url, { timing: { mostWaitMs: SOON.mostWaitMs } });
    await service.make('BEFORE');
    await service.end('SIGTERM');
    await all((listener) => listener.turned('waiting'));
    for (const { states } of listeners) {
      const wait = states.find((state) => state.state === 'waiting');
      expect(wait?.delay_ms).toBeGreaterThanOrEqual(500);
      expect(wait?.delay_ms).toBeLessThanOrEqual(2_000);
    }
    expect(listeners.map(({ reasons }) => reasons[0])).toEqual([
      expect.stringContaining('1012'),
      expect.stringContaining('ended the stream'),
    ]);
    await service.begin();
    await service.make('AFTER');
    await expectEverything();
  });
});
