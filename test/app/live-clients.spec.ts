import { eventually } from '../support/eventually.js';
import { getJson } from '../support/json.js';
import { Scrape } from '../support/metrics.js';
import { LiveSessions } from '../../src/gateway/live-sessions.js';
import { RateEditsService } from '../../src/rates/editing/rate-edits.service.js';
import { SocketClient } from '../support/socket-client.js';
import { StreamClient } from '../support/stream-client.js';
import { TcpProxy } from '../support/tcp-proxy.js';
import { withKurs } from '../support/with-kurs.js';

describe('clients of live delivery', () => {
  const fixture = withKurs({ settings: { CBR_BASE_URL: 'http://127.0.0.1:9' }, starts: false });
  const { kurs } = fixture;

  const start = (environment: Record<string, string> = {}) => fixture.start(environment);
  const make = (code: string) =>
    kurs.get(RateEditsService).create({ code, name: code, value: '1.5' }, null);
  const metric = async (line: string) => (await Scrape.of(kurs.url)).value(line);

  describe('that send messages', () => {
    const answerTo = async (client: SocketClient, message: unknown) => {
      const count = client.messages.length;
      if (typeof message === 'string') client.socket.send(message);
      else client.say(message);
      return JSON.parse((await client.received(count + 1)).at(-1) ?? '') as unknown;
    };
    const subscribed = (...codes: string[]) => ({ event: 'subscribed', data: { codes } });
    const codes = (...all: unknown[]) => ({ codes: all });

    it('choose their codes, and get the reply at the position where the change takes effect', async () => {
      await start();
      const client = await SocketClient.connect(kurs.url);
      await make('AAA');
      await client.received(1);
      const subscribe = { event: 'subscribe', data: codes('usd', 'BBB') };
      expect(await answerTo(client, subscribe)).toEqual(subscribed('USD', 'BBB'));
      await make('AAA');
      const more = { event: 'subscribe', data: codes('CCC', 'USD') };
      expect(await answerTo(client, more)).toEqual(subscribed('USD', 'BBB', 'CCC'));
      const less = { event: 'unsubscribe', data: codes('BBB', 'XXX') };
      expect(await answerTo(client, less)).toEqual(subscribed('USD', 'CCC'));
      for (const code of ['AAA', 'BBB', 'CCC']) await make(code);
      const texts = await client.received(5);
      expect(JSON.parse(texts.at(-1) ?? '')).toMatchObject({ code: 'CCC', seq: 5 });
      const nothing = { event: 'unsubscribe', data: codes('USD', 'CCC') };
      expect(await answerTo(client, nothing)).toEqual(subscribed());
    });

    it('learn their resume position by a ping', async () => {
      await start();
      const client = await SocketClient.connect(kurs.url, {}, '?codes=BBB');
      await make('AAA');
      const { log_id, seq } = await getJson<{ log_id: string; seq: number }>(
        `${kurs.url}/v1/status`,
      );
      expect(seq).toBe(1);
      await eventually('the event has passed by', async () => {
        const pong = (await answerTo(client, { event: 'ping' })) as { seq: number };
        expect(pong).toEqual({ event: 'pong', log_id, seq: pong.seq });
        return pong.seq === 1;
      });
    });

    it('get an error for a malformed message, and stay connected', async () => {
      await start();
      const client = await SocketClient.connect(kurs.url);
      const tooMany = Array.from({ length: 101 }, (_, index) => `A${index}`);
      const bad = [
        ['nonsense', 'gateway.malformed_message'],
        ['[]', 'gateway.malformed_message'],
        ['{"data":{}}', 'gateway.malformed_message'],
        [{ event: 'publish' }, 'gateway.unknown_message'],
        [{ event: '__proto__' }, 'gateway.unknown_message'],
        [{ event: 'subscribe' }, 'http.invalid_request'],
        [{ event: 'subscribe', data: codes() }, 'http.invalid_request'],
        [{ event: 'subscribe', data: codes('US.D') }, 'http.invalid_request'],
        [{ event: 'subscribe', data: codes(1) }, 'http.invalid_request'],
        [{ event: 'subscribe', data: codes(...tooMany) }, 'http.invalid_request'],
        [{ event: 'subscribe', data: { ...codes('USD'), all: true } }, 'http.invalid_request'],
        [{ event: 'unsubscribe', data: codes('USD') }, 'gateway.not_subscribed'],
      ] as const;
      for (const [message, code] of bad) {
        const answer = await answerTo(client, message);
        expect([message, answer]).toEqual([
          message,
          { event: 'error', data: { code, message: expect.any(String) as string } },
        ]);
      }
      await make('AAA');
      expect((await client.received(bad.length + 1)).at(-1)).toContain('rate_created');
    });

    it('more than twenty times a second are closed with 1008, and the service goes on', async () => {
      await start();
      const loud = await SocketClient.connect(kurs.url);
      const pinging = await SocketClient.connect(kurs.url);
      for (let count = 0; count < 50; count++) {
        loud.say({ event: 'ping' });
        pinging.socket.ping();
      }
      expect([await loud.closed, await pinging.closed]).toEqual([1008, 1008]);
      expect(loud.messages.length).toBeLessThanOrEqual(21);
      expect(loud.messages.at(-1)).toContain('gateway.too_many_messages');
      expect(await metric('kurs_live_drops_total{reason="too_many_messages"}')).toBe(2);
    });
  });

  it('that vanish silently are dropped after 33 seconds, and others stay', async () => {
    // Only the heartbeat's timer is faked: sockets and everything else are real.
    jest.useFakeTimers({ doNotFake: EVERYTHING_BUT_INTERVALS });
    await start();
    const proxy = await TcpProxy.inFrontOf(kurs.url);
    const vanished = await SocketClient.connect(`http://127.0.0.1:${proxy.port}`);
    const there = await SocketClient.connect(kurs.url);
    proxy.hideEnds();
    proxy.swallow();
    for (let second = 1; second <= 33; second++) {
      jest.advanceTimersByTime(1_000);
      if (second % 3 > 0) continue;
      // Arrives after the answer to an earlier ping.
      const count = there.messages.length;
      there.say({ event: 'ping' });
      await there.received(count + 1);
    }
    const connections = 'kurs_live_connections{transport="websocket"}';
    await eventually('the vanished one is gone', async () => (await metric(connections)) === 1);
    expect(await metric('kurs_live_drops_total{reason="no_answer"}')).toBe(1);
    expect(there.socket.readyState).toBe(there.socket.OPEN);
    await vanished.close();
    await there.close();
    await proxy.stop();
  });

  describe('that do not read', () => {
    const SLOW = 'kurs_live_drops_total{reason="too_slow"}';

    /** A client with more pending data than the kernel and the send buffer take. */
    const stuffed = async () => {
      const client = await SocketClient.connect(kurs.url);
      client.socket.pause();
      for (const { outlet } of kurs.get(LiveSessions)) outlet.write(Buffer.alloc(16 * 1024 ** 2));
      return client;
    };

    it.each([
      ['a message', (client: SocketClient) => client.say({ event: 'ping' })],
      ['a ping', (client: SocketClient) => client.socket.ping()],
      ['a pong', (client: SocketClient) => client.socket.pong()],
    ])('are dropped instead of getting an answer to %s', async (_, speak) => {
      await start();
      const client = await stuffed();
      speak(client);
      await eventually('it is dropped', async () => (await metric(SLOW)) === 1);
      await eventually('it is gone', () => [...kurs.get(LiveSessions)].length === 0);
      await client.close();
    });

    it('are dropped by the heartbeat if there is nothing new', async () => {
      jest.useFakeTimers({ doNotFake: EVERYTHING_BUT_INTERVALS });
      await start();
      const client = await stuffed();
      for (let second = 1; second <= 25; second++) jest.advanceTimersByTime(1_000);
      await eventually('it is gone', () => [...kurs.get(LiveSessions)].length === 0);
      expect(await metric(SLOW)).toBe(1);
      await client.close();
    });
  });

  it('of the stream get their position by the heartbeat, even without events for them', async () => {
    jest.useFakeTimers({ doNotFake: EVERYTHING_BUT_INTERVALS });
    await start();
    const stream = await StreamClient.connect(kurs.url, {}, '?codes=BBB');
    const other = await StreamClient.connect(kurs.url);
    await make('AAA');
    await other.received(1);
    const { log_id } = await getJson<{ log_id: string }>(`${kurs.url}/v1/status`);
    for (let second = 1; second <= 25; second++) jest.advanceTimersByTime(1_000);
    await eventually('its place', () => stream.ids.length > 0);
    expect(stream.ids).toEqual([`${log_id}:1`]);
    expect(stream.messages).toEqual([]);
    await stream.close();
    await other.close();
  });

  it('get a reconnect time, each a different one, when the service stops', async () => {
    await start();
    const clients = await Promise.all([1, 2, 3, 4].map(() => SocketClient.connect(kurs.url)));
    const stream = await StreamClient.connect(kurs.url);
    await kurs.stop();
    const waits: number[] = [];
    for (const client of clients) {
      expect(await client.closed).toBe(1012);
      waits.push((JSON.parse(client.reason) as { retry_after_ms: number }).retry_after_ms);
    }
    await stream.closed;
    waits.push(stream.retryMs ?? 0);
    expect(new Set(waits).size).toBeGreaterThan(1);
    for (const wait of waits) {
      expect(wait).toBeGreaterThanOrEqual(500);
      expect(wait).toBeLessThanOrEqual(2_000);
    }
    await start();
  });
});

const EVERYTHING_BUT_INTERVALS = [
  ...(['Date', 'hrtime', 'nextTick', 'performance', 'queueMicrotask'] as const),
  ...(['setImmediate', 'clearImmediate', 'setTimeout', 'clearTimeout'] as const),
];
