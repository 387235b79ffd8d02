import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { EUR, JPY, sheetXml, USD } from '../support/sheet-builder.js';
import { TlsBank } from '../support/tls-bank.js';
import { withKurs } from '../support/with-kurs.js';

const HOST = 'api.frankfurter.dev';
const folder = resolve('test/clients/frankfurter');

interface Answers {
  latest: object;
  historical: object;
  series: object;
  currencies: Record<string, string>;
}

describe('the frankfurter-api-client package of npm', () => {
  const fixture = withKurs({
    sheets: [sheetXml('25.04.2026', [USD, EUR, JPY])],
    clock: '2026-04-25T09:00:00Z',
    once: true,
  });
  const { kurs } = fixture;

  it('reads Kurs by a line of the hosts file and a rule of the proxy, unmodified', async () => {
    // The proxy has a certificate of that host, and puts /frankfurter before version 1.
    const proxy = await TlsBank.start(
      { host: HOST },
      {
        secure: ({ url = '', headers }, response) => {
          const target = `${kurs.url}${url.replace(/^\/v1\//, '/frankfurter/v1/')}`;
          request(target, { headers }, (answer) => {
            response.writeHead(answer.statusCode ?? 500, answer.headers);
            answer.pipe(response);
          }).end();
        },
        plain: (_, response) => void response.writeHead(404).end(),
      },
    );
    fixture.atTheEnd(() => proxy.stop());
    const certificates = mkdtempSync(join(tmpdir(), 'kurs-'));
    fixture.atTheEnd(() => rmSync(certificates, { recursive: true }));
    const authority = join(certificates, 'proxy.pem');
    writeFileSync(authority, proxy.certificate);
    const hosts = pathToFileURL(join(folder, 'hosts.mjs')).href;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', hosts, join(folder, 'ask.mjs')],
      {
        env: { ...process.env, NODE_EXTRA_CA_CERTS: authority, TEST_PORT: String(proxy.port) },
        timeout: 30_000,
      },
    );
    const answers = JSON.parse(stdout) as Answers;
    const rates = { EUR: 0.8572711175682731, RUB: 75.5273 };
    const day = { amount: 1, base: 'USD', date: '2026-04-25', rates };
    expect(answers.latest).toEqual(day);
    expect(answers.historical).toEqual(day);
    expect(answers.series).toEqual({
      ...{ amount: 1, base: 'USD', start_date: '2026-04-25', end_date: '2026-04-25' },
      rates: { '2026-04-25': rates },
    });
    expect(Object.keys(answers.currencies)).toEqual(['EUR', 'JPY', 'RUB', 'USD']);
  });
});
