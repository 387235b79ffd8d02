import type { KursOptions } from '../../clients/js/src/kurs.js';
import { Listener } from './listener.js';
import { ScriptedService } from './scripted-service.js';
import { TappedSocket, WAYS } from './tapped-socket.js';

const LOG = '4f1d0a52-5f5e-4a68-9df2-1a3d1f0f5c11';
const snapshot = (seq: number) => ({ event: 'snapshot', log_id: LOG, seq, rates: [] });
const rate = (seq: number, code = 'USD') => ({ event: 'rate_updated', code, seq });
const pong = (seq: number, log_id = LOG) => ({ event: 'pong', log_id, seq });

describe.each(WAYS)('a client by $way of an unreliable service', ({ WebSocket }) => {
  let service: ScriptedService;
  let listener: Listener;

  afterEach(async () => {
    listener.client.close();
    await service.stop();
  });

  const listen = (options: KursOptions = {}) =>
    (listener = new Listener(service.url, {
      WebSocket,
      timing: { firstWaitMs: 20, mostWaitMs: 40 },
      ...options,
    }));
  const seqs = () => listener.rates.map(({ seq }) => seq);

  it.each([
    ['an event that comes too soon', [rate(6), rate(8)]],
    ['a position that is further than its events', [rate(6), pong(8)]],
    ['a position in another log', [rate(6), pong(6, LOG.replace('4', '5'))]],
  ])('lets no hole through: %s', async (_, frames) => {
    service = await ScriptedService.start([snapshot(5), ...frames], [rate(7), rate(8)]);
    listen();
    await listener.hasRates(3);
    expect(seqs()).toEqual([6, 7, 8]);
    expect(service.queries.map((query) => query.get('since'))).toEqual([null, `${LOG}:6`]);
  });

  it('delivers no event twice', async () => {
    service = await ScriptedService.start([
      snapshot(5),
      rate(4),
      rate(5),
      rate(6),
      rate(6),
      rate(7),
    ]);
    listen();
    await listener.hasRates(2);
    expect(seqs()).toEqual([6, 7]);
  });

  it('advances its position by frames without events if it filters codes', async () => {
    service = await ScriptedService.start([snapshot(5), rate(7), pong(9), '{'], [rate(12)]);
    listen({ codes: ['USD'] });
    await listener.hasRates(2);
    expect(seqs()).toEqual([7, 12]);
    expect(service.queries.map((query) => query.get('since'))).toEqual([null, `${LOG}:9`]);
    expect(service.queries.map((query) => query.get('codes'))).toEqual(['USD', 'USD']);
  });

  it('restarts with a snapshot if the log is replaced on an open connection', async () => {
    const resync = { event: 'resync_required', log_id: LOG, seq: 2 };
    service = await ScriptedService.start([snapshot(5), rate(6), resync], [snapshot(3)]);
    listen();
    await listener.hasSnapshots(2);
    expect(seqs()).toEqual([6]);
    expect(service.queries[1]?.get('since')).toBeNull();
    expect(listener.client.position).toEqual({ log_id: LOG, seq: 3 });
  });

  it.each(['{', 'null', '{"event":"snapshot"}'])(
    'closes a connection that sends %s',
    async (text) => {
      service = await ScriptedService.start([text], [snapshot(5)]);
      listen();
      await listener.hasSnapshots(1);
      expect(listener.reasons).toEqual([expect.stringMatching(/cannot be understood/)]);
    },
  );

  it('ignores unknown events', async () => {
    service = await ScriptedService.start([snapshot(5), { event: 'weather' }, rate(6)]);
    listen();
    await listener.hasRates(1);
    expect(listener.reasons).toEqual([]);
  });

  it('backs off while connections deliver nothing', async () => {
    service = await ScriptedService.start(['{']);
    const chance = jest.spyOn(Math, 'random').mockReturnValue(1);
    try {
      listen({ timing: { firstWaitMs: 10, mostWaitMs: 40 } });
      await listener.turned('waiting', 4);
    } finally {
      chance.mockRestore();
    }
    const waits = listener.states.flatMap((state) =>
      state.state === 'waiting' ? [state.delay_ms] : [],
    );
    expect(waits.slice(0, 4)).toEqual([10, 20, 40, 40]);
  });
});

describe('a client by WebSocket whose change of codes is rejected', () => {
  const refused = { event: 'error', data: { code: 'http.invalid_request', message: 'no' } };
  const subscribed = (...codes: string[]) => ({ event: 'subscribed', data: { codes } });

  it.each([
    ['refused', [refused, subscribed()]],
    ['half refused', [subscribed(), refused]],
    ['taken for another', [subscribed(), subscribed('USD', 'GBP')]],
  ])('says on a new connection what it wants: %s', async (_, answers) => {
    const service = await ScriptedService.start({ first: [snapshot(5)], answers }, [
      rate(6, 'EUR'),
    ]);
    const listener = new Listener(service.url, {
      ...{ WebSocket: TappedSocket, codes: ['USD'], timing: { firstWaitMs: 20 } },
    });
    await listener.hasSnapshots(1);
    listener.client.subscribe(['EUR']);
    listener.client.unsubscribe(['USD']);
    await listener.hasRates(1);
    listener.client.close();
    await service.stop();
    expect(listener.reasons).toEqual(['The service has not taken the change of codes']);
    expect(service.queries.map((query) => query.get('codes'))).toEqual(['USD', 'EUR']);
    expect(service.queries[1]?.get('since')).toBe(`${LOG}:5`);
  });

  it('stays where it is taken', async () => {
    const answers = [subscribed(), subscribed('EUR', 'GBP'), rate(6, 'GBP')];
    const service = await ScriptedService.start({ first: [snapshot(5)], answers });
    const listener = new Listener(service.url, {
      ...{ WebSocket: TappedSocket, codes: ['USD'], timing: { pingAfterMs: 20 } },
    });
    await listener.hasSnapshots(1);
    listener.client.subscribe(['GBP', 'EUR']);
    listener.client.unsubscribe(['USD']);
    await listener.hasRates(1);
    listener.client.close();
    await service.stop();
    expect(listener.reasons).toEqual([]);
    expect(service.queries).toHaveLength(1);
  });
});

describe('a client of a rejected stream', () => {
  let service: ScriptedService;
  let listener: Listener;

  afterEach(async () => {
    listener.client.close();
    await service.stop();
  });

  const listen = () =>
    (listener = new Listener(service.url, { WebSocket: null, timing: { firstWaitMs: 20 } }));

  it.each([429, 503])('reconnects after the Retry-After of %d', async (status) => {
    service = await ScriptedService.start(
      (response) => response.writeHead(status, { 'Retry-After': '1' }).end('later'),
      [snapshot(5)],
    );
    listen();
    await listener.hasSnapshots(1);
    expect(listener.states[1]).toMatchObject({ state: 'waiting', delay_ms: 1_000 });
    expect(listener.errors).toEqual([]);
  });

  it('treats an answer that is no stream as a failure', async () => {
    service = await ScriptedService.start(
      (response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<p>Log in</p>'),
      [snapshot(5)],
    );
    listen();
    await listener.hasSnapshots(1);
    expect(listener.order.slice(0, 4)).toEqual(['connecting', 'waiting', 'connecting', 'live']);
  });

  it.each([403, 404, 422])('gives up at %d', async (status) => {
    service = await ScriptedService.start((response) => response.writeHead(status).end('no'));
    listen();
    await listener.turned('closed');
    expect(listener.errors).toEqual([
      { code: `http.${status}`, message: `The service answers ${status}`, status, final: true },
    ]);
    expect(service.queries).toHaveLength(1);
  });
});

describe('a client whose platform does not close failed sockets', () => {
  class FailingSocket {
    readonly readyState = 0;
    onerror: ((event: { message: string }) => void) | undefined;
    constructor(readonly url: string) {
      queueMicrotask(() => this.onerror?.({ message: 'no way' }));
    }
    readonly send = () => undefined;
    readonly close = () => undefined;
  }

  it('does not wait for the close', async () => {
    const listener = new Listener('http://127.0.0.1', { WebSocket: FailingSocket });
    await listener.turned('waiting');
    listener.client.close();
    expect(listener.reasons).toEqual(['The socket failed: no way']);
  });
});
