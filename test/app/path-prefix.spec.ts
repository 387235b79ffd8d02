import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSqlite, type TestDatabase } from '../support/databases.js';
import { FakeBank } from '../support/fake-bank.js';
import { getJson } from '../support/json.js';
import { type RunningKurs, startKurs } from '../support/kurs.js';
import { EUR, sheetXml, USD } from '../support/sheet-builder.js';

const PREFIX = '/finance/kurs';
interface WithServers {
  servers: { url: string }[];
}
interface AsyncApi {
  servers: { socket: { host: string; protocol: string; pathname?: string } };
}

describe('behind a proxy that removes a prefix', () => {
  let bank: FakeBank;
  let database: TestDatabase;
  let kurs: RunningKurs;
  let proxy: Server;
  let base: string;

  beforeAll(async () => {
    bank = await FakeBank.start();
    bank.publish(sheetXml('25.04.2026', [USD, EUR]));
    database = await createSqlite();
    const PUBLIC_URL = `https://bank.example${PREFIX}/`;
    kurs = await startKurs({ CBR_BASE_URL: bank.url, DATABASE_URL: database.url, PUBLIC_URL });
    // Everything outside the prefix belongs to another service.
    proxy = createServer(({ url = '', method, headers }, response) => {
      if (!url.startsWith(`${PREFIX}/`)) {
        response.writeHead(418).end();
        return;
      }
      const options = { method, headers, path: url.slice(PREFIX.length), agent: false };
      httpRequest(kurs.url, options, (answer) => {
        response.writeHead(answer.statusCode ?? 0, answer.headers);
        answer.pipe(response);
      }).end();
    });
    await new Promise<void>((resolve) => void proxy.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}${PREFIX}/`;
  });

  afterAll(async () => {
    proxy.closeAllConnections();
    proxy.close();
    await kurs.stop();
    await database.drop();
    await bank.stop();
  });

  it('links lead from page to page', async () => {
    for (const path of ['v1/rates', 'v1/rates.json', 'v1/rates/']) {
      const codes: string[] = [];
      let next: string | undefined = `${base}${path}?from=2026-04-25&limit=1&codes=EUR,USD`;
      while (next !== undefined) {
        const response: Response = await fetch(next);
        codes.push(...((await response.json()) as { code: string }[]).map(({ code }) => code));
        const link = /^<([^>]*)>; rel="next"$/.exec(response.headers.get('link') ?? '')?.[1];
        next = link === undefined ? undefined : new URL(link, next).href;
      }
      expect([path, codes]).toEqual([path, ['EUR', 'USD']]);
    }
  });

  it('the OpenAPI document names a server relative to it, and the public one', async () => {
    const address = `${base}openapi.json`;
    const { servers } = await getJson<WithServers>(address);
    expect(servers.map(({ url }) => new URL(url, address).href)).toEqual([
      base,
      `https://bank.example${PREFIX}`,
    ]);
  });

  it('the AsyncAPI document names the public address', async () => {
    const { servers } = await getJson<AsyncApi>(`${base}asyncapi.json`);
    expect(servers.socket).toMatchObject({
      ...{ host: 'bank.example', protocol: 'wss', pathname: PREFIX },
    });
  });

  it.each(['', 'docs', 'docs/'])('the page %p finds its files and its service', async (path) => {
    const page = await fetch(base + path);
    expect(page.status).toBe(200);
    const canonical = / rel="canonical" href="([^"]+)"/;
    const whole = await page.text();
    if (path === '') expect(canonical.exec(whole)?.[1]).toBe(`https://bank.example${PREFIX}/`);
    const html = whole.replace(canonical, '');
    const files = [...html.matchAll(/(?:src|href)="([^"#]+)"/g)].map(([, file = '']) => file);
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) {
      const { status } = await fetch(new URL(file, page.url));
      expect([file, status]).toEqual([file, 200]);
    }
    if (path === '') return;
    expect(page.url).toBe(`${base}docs`);
    // Swagger UI resolves the server of the document against its own address.
    const { servers } = await getJson<WithServers>(`${base}openapi.json`);
    expect(new URL(servers[0]?.url ?? '', page.url).href).toBe(base);
  });
});

describe('without a public address', () => {
  let database: TestDatabase;
  let kurs: RunningKurs;

  beforeAll(async () => {
    database = await createSqlite();
    kurs = await startKurs({ CBR_BASE_URL: 'http://127.0.0.1:9', DATABASE_URL: database.url });
  });

  afterAll(async () => {
    await kurs.stop();
    await database.drop();
  });

  it('the AsyncAPI document names the requested host with its port', async () => {
    const serverFor = async (headers: Record<string, string>) => {
      const answer = await new Promise<AsyncApi>((resolve, reject) => {
        const url = `${kurs.url}/asyncapi.json`;
        httpRequest(url, { headers, agent: false }, (response) => {
          let text = '';
          response.on('data', (chunk: Buffer) => (text += chunk.toString()));
          response.once('end', () => resolve(JSON.parse(text) as AsyncApi));
        })
          .once('error', reject)
          .end();
      });
      return answer.servers.socket;
    };
    const { host } = new URL(kurs.url);
    expect(await serverFor({})).toMatchObject({ host, protocol: 'ws' });
    expect(await serverFor({ Host: 'kurs.example', 'X-Forwarded-Proto': 'https' })).toMatchObject({
      ...{ host: 'kurs.example', protocol: 'wss' },
    });
    expect(await serverFor({ Host: 'a b' })).toMatchObject({
      ...{ host: `localhost:${new URL(kurs.url).port}`, protocol: 'ws' },
    });
  });
});
