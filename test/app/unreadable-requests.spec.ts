import { once } from 'node:events';
import { type IncomingMessage, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { json } from 'node:stream/consumers';
import { closed } from '../support/closed.js';
import { documentedRoutes } from '../support/documented-routes.js';
import { HANDSHAKE } from '../support/handshake.js';
import { getJson, type ProblemBody, type RateBody, withBody } from '../support/json.js';
import { encode1251, EUR, sheetXml, USD } from '../support/sheet-builder.js';
import { SocketClient } from '../support/socket-client.js';
import { withKurs } from '../support/with-kurs.js';

/** A thousand empty parameters, after which a limited parser sees nothing. */
const THOUSAND = '&'.repeat(1_000);
const NAME = encodeURIComponent('Золото');
const ZOLOTO_1251 = '%C7%EE%EB%EE%F2%EE';
/** Half of a surrogate pair, an overlong slash, a byte that is invalid in UTF-8, a malformed escape. */
const NO_TEXT = [ZOLOTO_1251, '%ED%A0%80', '%C0%AF', '%FF', '%zz', '%', '%u0417'];

describe('requests that would not be read as they were sent', () => {
  const { kurs } = withKurs({ sheets: [sheetXml('25.04.2026', [USD, EUR])], once: true });

  /** Sends the request unchanged; `fetch` would normalize some of it. */
  const ask = async (method: string, path: string, headers = {}, body?: string | Buffer) => {
    const request = httpRequest(kurs.url, { method, path, headers, agent: false }).end(body);
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    return { status: response.statusCode, problem: (await json(response)) as ProblemBody };
  };
  const stored = () => getJson<RateBody[]>(`${kurs.url}/rates/get`);

  describe('with more than 1,000 parameters', () => {
    const strict = documentedRoutes().filter(({ isMirror }) => !isMirror);

    it.each(strict.map(({ method, path, address }) => [method, path, address]))(
      'are 422 for %s %s, and change nothing',
      async (method, _, address) => {
        const before = await stored();
        const query = `${THOUSAND}source=all`;
        const { status, problem } = await ask(
          method,
          `${address}${address.includes('?') ? '&' : '?'}${query}`,
        );
        expect([status, problem.code]).toEqual([422, 'http.invalid_request']);
        expect(await stored()).toEqual(before);
      },
    );

    it.each([
      ['a suffix', 'GET', `/v1/rates.csv?${THOUSAND}date=2026-04-25`, {}],
      ['another', 'GET', `/v1/rates/USD.ndjson?${THOUSAND}date=2026-04-25`, {}],
      ['a handshake', 'GET', `/ws/rates?${THOUSAND}codes=USD`, HANDSHAKE],
      ['a handshake', 'GET', `/ws/rates?${THOUSAND}`, HANDSHAKE],
    ])('are 422 with %s', async (_, method, path, headers) => {
      const { status, problem } = await ask(method, path, headers);
      expect([status, problem.code]).toEqual([422, 'http.invalid_request']);
    });

    it('are read to the last one up to a thousand', async () => {
      const path = `/v1/rates/USD?${'&'.repeat(999)}date=2026-04-25`;
      expect(await ask('GET', path)).toMatchObject({
        ...{ status: 200, problem: { effective_date: '2026-04-25' } },
      });
      const { status, problem } = await ask('GET', `/v1/rates?${'&'.repeat(999)}dates=2026-04-25`);
      expect([status, problem.errors?.[0]?.parameter]).toEqual([422, 'dates']);
    });
  });

  describe('with bytes that are not UTF-8', () => {
    it.each(NO_TEXT)('are 400 with %s in the query, and change nothing', async (text) => {
      const before = await stored();
      const id = before[0]?.id ?? 0;
      const asked: [string, string, object?][] = [
        ['GET', `/rates/create?code=XAU&value=1&name=${text}`],
        ['GET', `/rates/update?rate_id=${id}&name=${text}`],
        ['GET', `/rates/create?code=XAU&value=1&name=Gold&${text}=1`],
        ['GET', `/v1/rates?codes=${text}`],
        ['GET', `/v1/rates.csv?codes=${text}`],
        ['GET', `/v1/stream?codes=${text}`],
        ['GET', `/ws/rates?codes=${text}`, HANDSHAKE],
        ['DELETE', `/rates/delete?rate_id=${id}&${text}`],
        ['POST', `/tasks/run?${text}`],
      ];
      for (const [method, path, headers] of asked) {
        const { status, problem } = await ask(method, path, headers);
        expect([path, status, problem.code]).toEqual([path, 400, 'http.malformed_request']);
      }
      expect(await stored()).toEqual(before);
    });

    it('are 400 with bytes of windows-1251 in a body, and change nothing', async () => {
      const before = await stored();
      const id = before[0]?.id ?? 0;
      const body = encode1251('{"code":"XAU","name":"Золото","value":"1"}');
      const edit = encode1251('{"name":"Золото"}');
      const asked: [string, string, Buffer][] = [
        ['POST', '/rates/create', body],
        ['POST', '/v1/rates', body],
        ['PATCH', `/rates/update?rate_id=${id}`, edit],
        ['PATCH', `/v1/rates/${id}`, edit],
      ];
      for (const [method, path, bytes] of asked) {
        const type = { 'Content-Type': 'application/json' };
        const { status, problem } = await ask(method, path, type, bytes);
        expect([path, status, problem.code]).toEqual([path, 400, 'http.malformed_request']);
      }
      expect(await stored()).toEqual(before);
    });

    it.each(['utf-16le', 'utf-16', 'utf-7', 'utf-32'])('are 415 in %s', async (charset) => {
      const body = Buffer.from('{"code":"XAU","name":"Золото","value":"1"}', 'utf16le');
      const type = { 'Content-Type': `application/json; charset=${charset}` };
      const { status, problem } = await ask('POST', '/rates/create', type, body);
      expect([status, problem.code]).toEqual([415, 'http.unsupported_media_type']);
    });

    it.each([
      ['half of a surrogate pair', '"name":"\\ud800"'],
      ['a zero', '"name":"a\\u0000b"'],
      ['a zero for a code', '"name":"a","code":"X\\u0000"'],
    ])('are 422 with %s in a field, and change nothing', async (_, field) => {
      const before = await stored();
      const body = `{"code":"XAU",${field},"value":"1"}`.replace(/"code":"XAU",(?=.*"code")/, '');
      const type = { 'Content-Type': 'application/json' };
      expect((await ask('POST', '/rates/create', type, body)).status).toBe(422);
      expect(await stored()).toEqual(before);
    });

    it.each([
      ['percent-encoded', NAME, 'Золото'],
      ['with a plus for a space', `${NAME}+1`, 'Золото 1'],
      ['with a plus and a per cent that are encoded', '%2B5%25', '+5%'],
    ])('are read where they are UTF-8, %s', async (_, text, name) => {
      const path = `/rates/create?code=XAU&value=1&name=${text}`;
      expect(await ask('GET', path)).toMatchObject({ status: 201, problem: { name } });
    });

    it('are 400 with bytes outside ASCII in the target', async () => {
      const socket = connect(Number(new URL(kurs.url).port), '127.0.0.1');
      let answer = '';
      socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
      const path = '/rates/create?code=XAU&value=1&name=Золото';
      socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
      await closed(socket);
      expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    });
  });

  describe('with JSON', () => {
    const rate = (more: string) => `{"code":"XAU","name":"Gold","value":"1"${more}}`;
    const deep = `${'['.repeat(5_000)}${']'.repeat(5_000)}`;
    const names = Array.from({ length: 201 }, (_, at) => `"a${at}":1`).join(',');

    it.each([
      ['nested 5,000 deep', rate(`,"x":${deep}`)],
      ['nested 5,000 deep in place of a field', `{"code":${deep}}`],
      ['nested 5,000 deep and no object', deep],
      ['never closed', '['.repeat(5_000)],
      ['of more than 200 names', `{${names}}`],
      ['of more than 200 values', rate(`,"x":[${'{},'.repeat(201)}{}]`)],
      ['of a name that stands twice', rate(',"value":"2"')],
      ['of a name that stands twice in another spelling', rate(',"v\\u0061lue":"2"')],
      ['of a number that would lose digits', rate('').replace('"1"', '1.0000000000000001')],
    ])('%s are 400, and change nothing', async (_, body) => {
      const before = await stored();
      for (const path of ['/rates/create', '/v1/rates']) {
        const answer = await fetch(`${kurs.url}${path}`, withBody('POST', body));
        const { code } = (await answer.json()) as ProblemBody;
        expect([path, answer.status, code]).toEqual([path, 400, 'http.malformed_request']);
      }
      expect(await stored()).toEqual(before);
    });

    it('nested deeply or repeating a name are an error frame on the socket, and no log line', async () => {
      const written: string[] = [];
      const write = jest.spyOn(process.stderr, 'write').mockImplementation((line) => {
        written.push(String(line));
        return true;
      });
      const client = await SocketClient.connect(kurs.url);
      const messages = [
        '['.repeat(4_000),
        `{"event":"subscribe","data":${'['.repeat(2_000)}${']'.repeat(2_000)}}`,
        `{"event":"subscribe","data":${'{"codes":'.repeat(300)}1${'}'.repeat(300)}}`,
        `{"event":"ping","event":"subscribe"}`,
      ];
      for (const message of messages) client.socket.send(message);
      const answers = (await client.received(messages.length)).map(
        (text) => (JSON.parse(text) as { data: { code: string } }).data.code,
      );
      await client.close();
      write.mockRestore();
      expect(answers).toEqual(messages.map(() => 'gateway.malformed_message'));
      expect(written).toEqual([]);
    });
  });
});
