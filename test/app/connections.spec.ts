import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { HttpAdapterHost } from '@nestjs/core';
import { closed } from '../support/closed.js';
import { eventually } from '../support/eventually.js';
import { HTTP2_OFFER } from '../support/handshake.js';
import { encode1251, sheetXml, USD } from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

const SHEET = sheetXml('25.04.2026', [USD]);
const LIVE = 'GET /health/live HTTP/1.1\r\nHost: kurs\r\n\r\n';
const LAST = 'GET /health/live HTTP/1.1\r\nHost: kurs\r\nConnection: close\r\n\r\n';
const FLOOD_BYTES = 1024 * 1024;
/** What may be read of them: a few of the parser's buffers, of 64 KiB each. */
const MOST_READ_BYTES = 256 * 1024;

describe('a connection', () => {
  const fixture = withKurs({ sheets: [SHEET], starts: false });
  const { bank, kurs } = fixture;

  const start = (environment: Record<string, string> = {}) => fixture.start(environment);

  /** Both ends of a new connection, and what has come back on it. */
  const open = async () => {
    const server = kurs.get(HttpAdapterHost).httpAdapter.getHttpServer() as Server;
    const accepted = once(server, 'connection') as Promise<[Socket]>;
    const client = connect(Number(new URL(kurs.url).port), '127.0.0.1').setEncoding('latin1');
    client.on('error', () => undefined);
    const opened = { client, socket: (await accepted)[0], text: '' };
    client.on('data', (chunk: string) => (opened.text += chunk));
    return opened;
  };

  /** Has the service ask a bank that answers when the function is called that this resolves with. */
  const runOn = async (client: Socket): Promise<() => void> => {
    const questions = bank.questions.length;
    let answerNow: (() => void) | undefined;
    bank.misbehave((_, response) => (answerNow = () => response.end(encode1251(SHEET))));
    client.write('POST /tasks/run HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n');
    await eventually('the bank is asked', () => bank.questions.length > questions);
    bank.misbehave();
    return () => answerNow?.();
  };

  describe.each([
    ['a stream', 'GET /v1/stream HTTP/1.1\r\nHost: kurs\r\n\r\n'],
    ['a stream of HTTP/1.0', 'GET /v1/stream HTTP/1.0\r\nConnection: keep-alive\r\n\r\n'],
  ])('that carries %s', (_, stream) => {
    it.each([
      ['requests', LIVE],
      [
        'requests with bodies',
        `POST /tasks/run HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello`,
      ],
    ])('is not read on while many %s wait behind it', async (__, request) => {
      await start();
      const { client, socket } = await open();
      client.write(stream);
      await once(client, 'data');
      client.write(request.repeat(FLOOD_BYTES / request.length));
      const isReadWhole = () => socket.bytesRead > FLOOD_BYTES - request.length;
      await eventually('reading has ended', () => socket.isPaused() || isReadWhole());
      expect(socket.bytesRead).toBeLessThan(MOST_READ_BYTES);
      // What has been read goes with its connection.
      client.destroy();
    });
  });

  /** Sends blank lines, which HTTP lets a client send before a request (RFC 9112, 2.2), until it is closed. */
  const sendBlankLines = (client: Socket) => {
    const sending = setInterval(() => client.write('\r\n'), 50);
    client.once('close', () => clearInterval(sending));
  };

  it('that brings nothing but blank lines is closed after REQUEST_TIMEOUT_SECONDS', async () => {
    await start({ REQUEST_TIMEOUT_SECONDS: '1' });
    const opened = await open();
    opened.client.write(LIVE);
    await eventually('it is answered', () => opened.text.includes('200'));
    opened.client.write(`\r\n\r\n${LIVE}`);
    await eventually('it is answered again', () => opened.text.split('200').length === 3);
    sendBlankLines(opened.client);
    await closed(opened.client);
  });

  it('is kept for KEEP_ALIVE_SECONDS, and says so', async () => {
    await start({ KEEP_ALIVE_SECONDS: '1' });
    const opened = await open();
    opened.client.write(LIVE);
    await closed(opened.client);
    expect(opened.text).toMatch(/^Keep-Alive: timeout=1\r$/m);
  });

  it('is kept for 65 seconds by default: longer than a balancer keeps it, and than a request may take', async () => {
    await start({ REQUEST_TIMEOUT_SECONDS: '1' });
    const [opened, unused] = [await open(), await open()];
    opened.client.write(LIVE);
    await closed(unused.client);
    opened.client.write(LAST);
    await closed(opened.client);
    expect(opened.text.match(/HTTP\/1\.1 200/g)).toHaveLength(2);
    expect(opened.text).toMatch(/^Keep-Alive: timeout=65\r$/m);
  });

  it('answers however many requests wait on it, all of them, in order', async () => {
    await start();
    const opened = await open();
    const answerNow = await runOn(opened.client);
    const COUNT = 3_000;
    opened.client.write(LIVE.repeat(COUNT) + LAST);
    await eventually('it is paused', () => opened.socket.isPaused());
    answerNow();
    await closed(opened.client);
    expect(opened.text.match(/HTTP\/1\.1 200/g)).toHaveLength(COUNT + 2);
  });

  it('that offers another protocol behind many requests loses nothing of what follows', async () => {
    await start();
    const opened = await open();
    const answerNow = await runOn(opened.client);
    const COUNT = 200;
    const rate = JSON.stringify({ code: 'JAV', name: 'Java', value: '1.5' });
    const offer = Object.entries(HTTP2_OFFER).map(([name, value]) => `${name}: ${value}\r\n`);
    opened.client.write(
      `${LIVE.repeat(COUNT)}POST /rates/create HTTP/1.1\r\nHost: localhost\r\n${offer.join('')}` +
        `Content-Type: application/json\r\nContent-Length: ${rate.length}\r\n\r\n${rate.slice(0, 9)}`,
    );
    await eventually('they are read', () => opened.socket.bytesRead > COUNT * LIVE.length);
    opened.client.write(rate.slice(9) + LAST);
    answerNow();
    await closed(opened.client);
    expect(opened.text.match(/HTTP\/1\.1 \d+/g)?.slice(-2)).toEqual([
      'HTTP/1.1 201',
      'HTTP/1.1 200',
    ]);
    expect(opened.text.match(/HTTP\/1\.1 200/g)).toHaveLength(COUNT + 2);
  });
});
