import type { KursOptions } from '../../clients/js/src/kurs.js';
import { eventually } from '../support/eventually.js';
import { Listener } from './listener.js';
import { LiveService } from './live-service.js';
import { TappedSocket, WAYS } from './tapped-socket.js';

describe.each(WAYS)('the JavaScript client by $way', ({ WebSocket }) => {
  let service: LiveService;
  let listeners: Listener[];

  beforeAll(async () => (service = await LiveService.start()));
  afterAll(() => service.stop());
  beforeEach(() => {
    listeners = [];
    TappedSocket.heard.length = 0;
  });
  afterEach(() => {
    for (const { client } of listeners) client.close();
  });

  const listen = (options: KursOptions = {}, url = service.url) => {
    const listener = new Listener(url, { WebSocket, ...options });
    listeners.push(listener);
    return listener;
  };
  const begun = async (options: KursOptions = {}, url = service.url) => {
    const listener = listen(options, url);
    await listener.hasSnapshots(1);
    return listener;
  };
  const expectEverything = async (listener: Listener) => {
    const all = await service.events(listener.snapshots[0]?.seq);
    await listener.hasRates(all.length);
    expect(listener.rates).toEqual(all);
    expect(listener.client.position).toEqual(await service.position());
    expect(listener.snapshots).toHaveLength(1);
  };
  /** The stream connects anew, from where it was; the socket says what it wants, and is answered. */
  const refiltered = (listener: Listener, answers: number) =>
    WebSocket
      ? eventually('the filter is changed', () => TappedSocket.count('subscribed') === answers)
      : listener.turned('live', 2);

  it('delivers a snapshot, then every change as in the event log', async () => {
    const listener = await begun();
    const [snapshot] = listener.snapshots;
    expect(snapshot?.rates.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['USD', 'EUR', 'JPY']),
    );
    expect(snapshot).toMatchObject(await service.position());
    const [id = 0] = await service.make('GOLD', 'SILVER');
    await service.edit(id, '2.5');
    await service.delete(id);
    await expectEverything(listener);
    expect(listener.rates.map(({ event }) => event)).toEqual([
      'rate_created',
      'rate_created',
      'rate_updated',
      'rate_deleted',
    ]);
    expect(listener.order.slice(0, 3)).toEqual(['connecting', 'live', 'snapshot']);
  });

  it('filters codes, and changes the filter while connected', async () => {
    const listener = await begun({ codes: ['usd', 'AAA'] });
    expect(listener.snapshots[0]?.rates.map(({ code }) => code)).toEqual(['USD']);
    await service.make('BBB', 'AAA');
    await listener.hasRates(1);
    listener.client.unsubscribe(['AAA']);
    listener.client.subscribe(['BBB']);
    listener.client.subscribe(['ccc']);
    expect(listener.client.codes).toEqual(['USD', 'BBB', 'CCC']);
    await refiltered(listener, 2);
    await service.make('AAA', 'DDD', 'BBB', 'CCC');
    await listener.hasRates(3);
    expect(listener.codes).toEqual(['AAA', 'BBB', 'CCC']);
    expect(listener.snapshots).toHaveLength(1);
  });

  it('replaces a filter although both together exceed the limit', async () => {
    const many = (first: string) => Array.from({ length: 60 }, (_, at) => `${first}${100 + at}`);
    const [before, after] = [many('AA'), many('BB')];
    const listener = await begun({ codes: before });
    listener.client.subscribe(after.slice(0, 1));
    listener.client.unsubscribe(before);
    listener.client.subscribe(after);
    await refiltered(listener, 2);
    await service.make('BB100', 'AA100', 'BB159');
    await listener.hasRates(2);
    expect(listener.codes).toEqual(['BB100', 'BB159']);
    expect(listener.errors).toEqual([]);
  });

  it('changes from all codes to a filter', async () => {
    const listener = await begun();
    listener.client.subscribe(['ONE']);
    await refiltered(listener, 1);
    await service.make('TWO', 'ONE');
    await listener.hasRates(1);
    expect(listener.codes).toEqual(['ONE']);
  });

  it('connects once if the filter is set before it has connected', async () => {
    const listener = listen();
    listener.client.subscribe(['EUR']);
    await listener.hasSnapshots(1);
    expect(listener.snapshots[0]?.rates.map(({ code }) => code)).toEqual(['EUR']);
    expect(listener.order).toEqual(['connecting', 'live', 'snapshot']);
  });

  it('resumes at the position of another client', async () => {
    const first = await begun();
    await service.make('LEFT');
    await first.hasRates(1);
    first.client.close();
    const { position } = first.client;
    await service.make('MISSED');
    const second = listen({ position });
    await second.hasRates(1);
    await service.make('LIVE');
    await second.hasRates(2);
    expect([...first.codes, ...second.codes]).toEqual(['LEFT', 'MISSED', 'LIVE']);
    expect(second.snapshots).toEqual([]);
  });

  it('reports a position that cannot be resumed, and restarts with a snapshot', async () => {
    const { log_id, seq } = await service.position();
    const listener = listen({ position: { log_id, seq: seq + 1 } });
    await listener.hasSnapshots(1);
    expect(listener.order).toEqual(['connecting', 'live', 'resync', 'snapshot']);
    await service.make('AFTER');
    await expectEverything(listener);
  });

  it('delivers nothing after it was closed, even by a listener', async () => {
    const { log_id, seq } = await service.position();
    await service.make('LAST', 'NEVER');
    const listener = listen({ position: { log_id, seq } });
    listener.client.addEventListener('rate', () => listener.client.close());
    await listener.turned('closed');
    await service.make('NEVER');
    const other = await begun();
    expect(other.client.position).toEqual(await service.position());
    expect(listener.codes).toEqual(['LAST']);
    expect(listener.order.at(-1)).toBe('closed');
  });
});
