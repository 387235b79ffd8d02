import { connect } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { loadHistory } from '../support/command-load.js';
import { eventually } from '../support/eventually.js';
import { DICTIONARY } from '../support/history.js';
import { Scrape } from '../support/metrics.js';
import { EUR, sheetXml, USD } from '../support/sheet-builder.js';
import { SOAP_PATH, soapEnvelope } from '../support/soap-call.js';
import { withKurs } from '../support/with-kurs.js';

const SHEET = sheetXml('25.04.2026', [USD, EUR]);

describe('the mirrors', () => {
  const { kurs } = withKurs({
    sheets: [SHEET],
    clock: '2026-04-25T09:00:00Z',
    once: true,
    prepare: ({ bank }) => bank.list(DICTIONARY),
  });
  const get = (path: string) => fetch(`${kurs.url}${path}`);

  /** Sends bytes as they are: fetch writes no target in absolute form. */
  const send = async (head: string, body = '') => {
    const socket = connect(Number(new URL(kurs.url).port), '127.0.0.1');
    socket.write(
      `${head}\r\nHost: www.cbr.ru\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    return textOf(socket);
  };

  it('take a target in absolute form, as forward proxies send it', async () => {
    const sheet = await send('GET http://www.cbr.ru/scripts/XML_daily.asp HTTP/1.1');
    expect(sheet).toMatch(/^HTTP\/1\.1 200 /);
    const call = soapEnvelope('GetLatestDate');
    const head = `POST http://www.cbr.ru${SOAP_PATH} HTTP/1.1\r\nContent-Type: text/xml`;
    expect(await send(head, call)).toContain('<GetLatestDateResult>20260425<');
  });

  it('are found by a path whose characters are percent-encoded without need', async () => {
    const sheet = await (await get('/scripts/XML_daily.asp')).text();
    for (const path of ['/scripts/XML%5Fdaily.asp', '/%73cripts/xml%5fdaily%2Easp?date_req=']) {
      const encoded = await get(path);
      expect([encoded.status, await encoded.text()]).toEqual([200, sheet]);
    }
    const target = 'http://www.cbr.ru/scripts/XML%5Fdaily.asp';
    expect(await send(`GET ${target} HTTP/1.1`)).toMatch(/^HTTP\/1\.1 200 /);
    expect((await get('/scripts%2FXML_daily.asp')).status).toBe(404);
    expect((await get('/scripts/%ff%zz')).status).toBe(404);
  });

  it('let pages read every header of an answer, and of a failure', async () => {
    for (const path of ['/latest.js', '/scripts/XML_daily.asp?date_req=01/04/2020', '/v2/none']) {
      const { headers } = await get(path);
      expect([path, headers.get('access-control-expose-headers')]).toEqual([path, '*']);
    }
  });

  it('are counted by mirror and status, answers from the cache too, and paths without a route not', async () => {
    const count = async (mirror: string, code: number) => {
      const name = `kurs_mirror_requests_total{mirror="${mirror}",code="${code}"}`;
      return (await Scrape.of(kurs.url)).value(name) || 0;
    };
    const before = await Promise.all([count('json', 200), count('json', 404)]);
    const paths = ['/latest.js', '/latest.js', '/archive/2026/02/30/daily_json.js', '/archive/x'];
    for (const path of paths) await (await get(path)).text();
    // An answer is counted when its response is closed, after the client has it.
    await eventually('both answers and the failure are counted', async () => {
      const after = await Promise.all([count('json', 200), count('json', 404)]);
      return after[0] === before[0] + 2 && after[1] === before[1] + 1;
    });
  });

  it('answer well-formed XML, whatever the ID that is repeated', async () => {
    await eventually('the dictionary', async () => (await get('/scripts/XML_valFull.asp')).ok);
    await loadHistory(kurs, { from: '2026-04-24', to: '2026-04-24' });
    const range = 'date_req1=24/04/2026&date_req2=24/04/2026';
    const answer = await get(`/scripts/XML_dynamic.asp?${range}&VAL_NM_RQ=R0%00%01%1f%22%0b1`);
    expect(await answer.text()).toContain('<ValCurs ID="R0???&quot;?1" ');
  });
});

describe.each([
  ['off', []],
  ['tsv,bank', ['mirror: www.cbr.ru', 'mirror: 1C, RBC']],
])('with MIRRORS=%s', (MIRRORS, open) => {
  const { kurs } = withKurs({ sheets: [SHEET], settings: { MIRRORS } });

  it('the document of the API has the tags of the open mirrors alone', async () => {
    const answer = await fetch(`${kurs.url}/openapi.json`);
    const { tags } = (await answer.json()) as { tags: { name: string }[] };
    const names = tags.map(({ name }) => name).filter((name) => name.startsWith('mirror'));
    expect(names).toEqual(open);
  });
});
