import { KursClient, type KursOptions } from '../../clients/js/src/kurs.js';
import { Listener } from './listener.js';
import { LiveService } from './live-service.js';

describe('a request of the client that the service rejects', () => {
  let service: LiveService;
  let listener: Listener;

  beforeAll(async () => (service = await LiveService.start({ WS_MAX_PER_ADDRESS: '1' })));
  afterAll(() => service.stop());
  afterEach(() => listener.client.close());

  const listen = (options: KursOptions = {}, url = service.url) =>
    (listener = new Listener(url, { WebSocket: null, ...options }));

  it('ends with its problem if no retry can help', async () => {
    listen({ position: { log_id: 'no log', seq: 1 } });
    await listener.turned('closed');
    expect(listener.errors).toEqual([
      {
        code: 'http.invalid_request',
        message: expect.stringContaining('since') as string,
        status: 422,
        final: true,
      },
    ]);
  });

  it('ends with 404 for an unknown address', async () => {
    listen({}, `${service.url}/elsewhere`);
    await listener.turned('closed');
    expect(listener.errors).toMatchObject([{ code: 'http.not_found', status: 404 }]);
  });

  it('is retried after Retry-After if the service is full', async () => {
    const first = new Listener(service.url, { WebSocket: null });
    await first.hasSnapshots(1);
    listen();
    await listener.turned('waiting');
    expect(listener.reasons[0]).toMatch(/^Refused with 429/);
    expect(listener.states.at(-1)).toMatchObject({ delay_ms: 5_000 });
    expect(listener.errors).toEqual([]);
    first.client.close();
  });

  it.each([
    ['ws://127.0.0.1', /no address of http/],
    ['not an address', /Invalid URL/],
  ])('is no address: %s', (url, message) => {
    expect(() => new KursClient(url)).toThrow(message);
  });
});
