import { once } from 'node:events';
import { type IncomingMessage, request as httpRequest } from 'node:http';
import { text } from 'node:stream/consumers';
import { documentedRoutes } from '../support/documented-routes.js';
import { getJson, withBody } from '../support/json.js';
import { at, EUR, sheetXml, USD } from '../support/sheet-builder.js';
import { SocketClient } from '../support/socket-client.js';
import { StreamClient } from '../support/stream-client.js';
import { withKurs } from '../support/with-kurs.js';

const SHOP = 'https://shop.example';

describe('clients of every kind', () => {
  const { bank, kurs } = withKurs({
    sheets: [sheetXml('25.04.2026', [USD, EUR])],
    settings: { ALLOWED_ORIGINS: SHOP },
    once: true,
  });

  const answerTo = async (path: string, headers: Record<string, string> = {}, method = 'GET') => {
    const request = httpRequest(kurs.url, { method, path, headers, agent: false }).end();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    const { statusCode: status, headers: answered } = response;
    if (answered['content-type']?.startsWith('text/event-stream')) {
      response.destroy();
      return { status, headers: answered, body: '' };
    }
    return { status, headers: answered, body: await text(response) };
  };

  it.each([
    ['application/json; charset=utf-8', 'application/json'],
    ['application/json;charset=UTF-8', 'application/json'],
    ['application/json; profile="a, b;q=0"; version=1', 'application/json'],
    ['application/json;odata=verbose', 'application/json'],
    ['text/csv; header=present', 'text/csv'],
    ['text/csv;charset="windows-1251"', 'text/csv'],
    ['application/x-ndjson; charset=utf-8, application/json;q=0.5', 'application/x-ndjson'],
    ['application/json;q=0.1;x=1, text/csv; charset=utf-8; q=0.9', 'text/csv'],
    ['application/json;version=2;q=0, */*', 'application/x-ndjson'],
    ['text/html, */*;q=0.8;level=1', 'application/json'],
    ['', 'application/json'],
  ])('may send parameters in Accept: %s', async (accept, type) => {
    const { status, headers } = await answerTo('/v1/rates', { Accept: accept });
    expect([status, headers['content-type']]).toEqual([200, `${type}; charset=utf-8`]);
  });

  it.each(['text/html; charset=utf-8', 'application/json;q=0', 'a/b; c="application/json"'])(
    'get 406 if they accept no available type: %s',
    async (accept) => {
      expect((await answerTo('/v1/rates', { Accept: accept })).status).toBe(406);
    },
  );

  it('may end an address with a slash, and write it in capitals', async () => {
    const reads = documentedRoutes().filter(({ method }) => method === 'GET');
    const suffixed = [
      '/v1/rates.csv',
      '/v1/rates/USD.ndjson',
      '/v1/rates/USD/history.json?limit=1',
    ];
    const all = reads.filter(({ isWrite }) => !isWrite).map(({ address }) => address);
    const shapeOf = ({ status, headers }: Awaited<ReturnType<typeof answerTo>>) => [
      status,
      headers['content-type'],
    ];
    for (const address of [...all, ...suffixed, '/openapi.json', '/asyncapi.json']) {
      const expected = shapeOf(await answerTo(address));
      const [path = '', query] = address.split('?');
      const asked = (spelling: string) => (query === undefined ? spelling : `${spelling}?${query}`);
      const slashed = asked(`${path}/`);
      expect([slashed, shapeOf(await answerTo(slashed))]).toEqual([slashed, expected]);
      const capitals = asked(path.toUpperCase());
      expect([capitals, shapeOf(await answerTo(capitals))]).toEqual([capitals, expected]);
    }
    for (const path of ['/ws/rates/', '/WS/Rates']) {
      expect((await answerTo(path)).status).toBe(426);
    }
  });

  it('may end the address of the socket with a slash', async () => {
    const client = await SocketClient.connect(kurs.url, {}, '/?codes=USD');
    await client.close();
    await expect(SocketClient.connect(kurs.url, {}, '//')).rejects.toThrow('404');
  });

  it('may resume a stream by the query parameter lastEventId; the header takes precedence', async () => {
    bank.publish(sheetXml('25.04.2026', [at(USD, '80,0000'), EUR]));
    await fetch(`${kurs.url}/tasks/run`, { method: 'POST' });
    const { log_id: log, seq } = await getJson<{ log_id: string; seq: number }>(
      `${kurs.url}/v1/status`,
    );
    const at3 = encodeURIComponent(`${log}:${seq - 1}`);
    const beginnings: [Record<string, string>, string, number][] = [
      [{}, `?lastEventId=${at3}`, seq],
      [{}, `?since=0&lastEventId=${at3}`, seq],
      [{ 'Last-Event-ID': `${log}:0` }, `?lastEventId=${at3}`, 1],
      [{ 'Last-Event-ID': '' }, `?lastEventId=${at3}`, seq],
      [{}, `?lastEventId=&since=${at3}`, seq],
    ];
    for (const [headers, query, first] of beginnings) {
      const client = await StreamClient.connect(kurs.url, headers, query);
      const [message = ''] = await client.received(1);
      expect([query, JSON.parse(message)]).toMatchObject([query, { seq: first }]);
      await client.close();
    }
    expect((await answerTo('/v1/stream?lastEventId=x')).status).toBe(422);
    expect((await answerTo('/v1/rates?lastEventId=1')).status).toBe(422);
  });

  it('may send any header with a read from a page of an allowed origin', async () => {
    const wanted = 'authorization,cache-control,content-type,x-requested-with';
    const preflight = (origin: string) =>
      answerTo(
        '/v1/rates',
        {
          Origin: origin,
          'Access-Control-Request-Method': 'GET',
          'Access-Control-Request-Headers': wanted,
        },
        'OPTIONS',
      );
    const { headers } = await preflight(SHOP);
    expect(headers).toMatchObject({
      'access-control-allow-origin': SHOP,
      'access-control-allow-methods': 'GET,HEAD',
      'access-control-allow-headers': wanted,
    });
    expect(headers.vary).toMatch(/Access-Control-Request-Headers/i);
    const evil = (await preflight('https://evil.example')).headers;
    expect(evil).not.toHaveProperty('access-control-allow-origin');
  });

  it('get no formulas in CSV, and unchanged names in JSON', async () => {
    const name = '=HYPERLINK("http://evil.example","x")';
    const made = withBody('POST', { code: 'XAU', name, value: '1.5' });
    expect((await fetch(`${kurs.url}/v1/rates`, made)).status).toBe(201);
    const of = (path: string) => answerTo(`/v1/rates/XAU${path}?source=manual`);
    expect((await of('.csv')).body).toContain(`,"'=HYPERLINK(""http://evil.example"",""x"")",`);
    expect(JSON.parse((await of('.json')).body)).toMatchObject({ name });
  });
});
