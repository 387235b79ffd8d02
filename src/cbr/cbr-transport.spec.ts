import { createServer, type RequestListener } from 'node:http';
import { Agent } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { HttpService } from '@nestjs/axios';
import axios from 'axios';
import { gzipBomb } from '../../test/corpus/bad-connections.js';
import { FakeBank } from '../../test/support/fake-bank.js';
import { TlsBank } from '../../test/support/tls-bank.js';
import { settingsFrom } from '../config/environment.js';
import { CbrTransport } from './cbr-transport.js';
import type { CbrError } from './cbr.errors.js';

const MEBIBYTE = 1024 * 1024;

describe('the transport', () => {
  const ask = (url: string, httpsAgent?: Agent) => {
    const settings = settingsFrom({ CBR_BASE_URL: url, CBR_USER_AGENT: 'shop/1.0 (rates)' });
    const http = new HttpService(axios.create({ httpsAgent }));
    return new CbrTransport(http, settings)
      .get('XML_daily.asp', {}, new AbortController().signal)
      .then(
        ({ bytes }) => bytes.toString(),
        (thrown: unknown) => (thrown as CbrError).code,
      );
  };

  describe('to a bank without TLS', () => {
    let bank: FakeBank;
    beforeAll(async () => {
      bank = await FakeBank.start();
    });
    afterAll(() => bank.stop());

    it('says who asks, and what it wants', async () => {
      bank.misbehave(({ headers, url }, response) =>
        response.end(`${url} ${headers['user-agent']} ${headers.accept}`),
      );
      expect(await ask(bank.url)).toBe(
        '/scripts/XML_daily.asp shop/1.0 (rates) application/xml, text/xml',
      );
    });

    it('follows the bank to another place of its own', async () => {
      bank.misbehave(({ url }, response) => {
        if (url?.includes('new')) response.end('sheet');
        else response.writeHead(301, { Location: '/scripts/XML_daily.asp?new=1' }).end();
      });
      expect(await ask(bank.url)).toBe('sheet');
    });

    it.each([
      ['no header', {}, false],
      ['the header', { 'Kurs-Built': 'true' }, true],
      ['the header twice, as a proxy may pass it on', { 'Kurs-Built': ['true', 'true'] }, true],
      ['another value, as of a later Kurs', { 'kurs-built': '?1' }, true],
    ])("with %s: takes the document for built, or for the bank's", async (_, headers, isBuilt) => {
      bank.misbehave((_, response) => response.writeHead(200, headers).end('sheet'));
      const http = new HttpService(axios.create());
      const transport = new CbrTransport(http, settingsFrom({ CBR_BASE_URL: bank.url }));
      const answer = transport.get('XML_daily.asp', {}, new AbortController().signal);
      expect(await answer).toMatchObject({ isBuilt });
    });

    it('leaves a gigabyte in a megabyte of gzip where it is', async () => {
      const bomb = gzipBomb();
      bank.misbehave((_, response) =>
        response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(bomb),
      );
      const before = process.memoryUsage.rss();
      expect(await ask(bank.url)).toBe('cbr.too_large');
      expect(process.memoryUsage.rss() - before).toBeLessThan(100 * MEBIBYTE);
    });
  });

  describe('to a bank with TLS', () => {
    let bank: TlsBank;
    let secure: RequestListener;
    let asked: string[];

    beforeAll(async () => {
      bank = await TlsBank.start(
        { host: 'localhost' },
        {
          secure: (request, response) => {
            asked.push('secure');
            secure(request, response);
          },
          plain: (_, response) => {
            asked.push('plain');
            response.end('forged');
          },
        },
      );
    });
    beforeEach(() => {
      asked = [];
      secure = (_, response) => response.end('sheet');
    });
    afterAll(() => bank.stop());

    const trusting = () => new Agent({ ca: bank.certificate });
    const url = () => `https://localhost:${bank.port}`;

    it('takes the sheet of whom it trusts alone', async () => {
      expect(await ask(url(), trusting())).toBe('sheet');
      expect(await ask(url())).toBe('cbr.untrusted');
    });

    it('is not led from https to http, on the same port either', async () => {
      const plain = `http://localhost:${bank.port}/scripts/XML_daily.asp`;
      secure = (_, response) => response.writeHead(302, { Location: plain }).end();
      expect(await ask(url(), trusting())).toBe('cbr.foreign_redirect');
      expect(asked).toEqual(['secure']);
    });

    it('goes through HTTPS_PROXY, which does not weaken the check of certificates', async () => {
      const tunnels: (string | undefined)[] = [];
      const proxy = createServer();
      proxy.on('connect', ({ url: target }, socket) => {
        tunnels.push(target);
        const through = connect(bank.port, '127.0.0.1', () => {
          socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
          through.pipe(socket).pipe(through);
        });
        through.on('error', () => socket.destroy());
        socket.on('error', () => through.destroy());
      });
      await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
      process.env.HTTPS_PROXY = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
      try {
        expect(await ask(url(), trusting())).toBe('sheet');
        secure = (_, response) =>
          response.writeHead(302, { Location: 'https://evil.example/' }).end();
        expect(await ask(url(), trusting())).toBe('cbr.foreign_redirect');
        expect(tunnels).toEqual(Array(2).fill(`localhost:${bank.port}`));
      } finally {
        delete process.env.HTTPS_PROXY;
        proxy.closeAllConnections();
        proxy.close();
      }
    });
  });
});
