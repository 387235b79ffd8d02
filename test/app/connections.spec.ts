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
/** Upper bound of bytes read from them: a few of the parser's buffers of 64 KiB. */
const MOST_READ_BYTES = 256 * 1024;

describe('a connection', () => {
  const fixture = withKurs({ sheets: [SHEET], starts: false });
  const { bank, kurs } = fixture;

  const start = (environment: Record<string, string> = {}) => fixture.start(environment);

  /** Both ends of a new connection, and what was received on it. */
  const open = async () => {
    const server = kurs.get(HttpAdapterHost).httpAdapter.getHttpServer() as Server;
    const accepted = once(server, 'connection') as Promise<[Socket]>;
    const client = connect(Number(new URL(kurs.url).port), '127.0.0.1').setEncoding('latin1');
    client.on('error', () => undefined);
    const opened = { client, socket: (await accepted)[0], text: '' };
    client.on('data', (chunk: string) => (opened.text += chunk));
    return opened;
  };

  /** Starts a run whose bank request stays unanswered; resolves with a function that answers it. */
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
    ])('is not read further while many %s wait', async (__, request) => {
      await start();
      const { client, socket } = await open();
      client.write(stream);
      await once(client, 'data');
      client.write(request.repeat(FLOOD_BYTES / request.length));
      const isReadWhole = () => socket.bytesRead > FLOOD_BYTES - request.length;
      await eventually('reading has ended', () => socket.isPaused() || isReadWhole());
      expect(socket.bytesRead).toBeLessThan(MOST_READ_BYTES);
      // Bytes already read are freed with their connection.
      client.destroy();
    });
  });

  /** Sends blank lines, which HTTP allows before a request (RFC 9112, 2.2), until the connection is closed. */
  const sendBlankLines = (client: Socket) => {
    const sending = setInterval(() => client.write('\r\n'), 50);
    client.once('close', () => clearInterval(sending));
  };

  it('that brings only blank lines is closed after REQUEST_TIMEOUT_SECONDS', async () => {
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

  it('is kept for 65 seconds by default: longer than the timeout of a load balancer, and of a request', async () => {
    await start({ REQUEST_TIMEOUT_SECONDS: '1' });
    const [opened, unused] = [await open(), await open()];
    opened.client.write(LIVE);
    await closed(unused.client);
    opened.client.write(LAST);
    await closed(opened.client);
    expect(opened.text.match(/HTTP\/1\.1 200/g)).toHaveLength(2);
    expect(opened.text).toMatch(/^Keep-Alive: timeout=65\r$/m);
  });

  it('answers all pipelined requests in order, however many', async () => {
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

  it('that offers another protocol after many requests loses none of the following ones', async () => {
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
