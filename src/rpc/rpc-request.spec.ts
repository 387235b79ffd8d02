import { readRequest } from './rpc-request.js';

const read = (text: string | Buffer) => readRequest(Buffer.from(text));
const packet = (data: string) => `{"pattern":"rates.latest","data":${data},"id":"a1b2-c3"}`;

describe('a request over NATS', () => {
  it.each([
    ['', {}],
    ['null', {}],
    ['{}', {}],
    [
      '{"codes":["USD","EUR"],"limit":5,"restate":true}',
      { codes: 'USD,EUR', limit: '5', restate: 'true' },
    ],
    ['{"id":"x","data":{"code":"USD"}}', { id: 'x', data: { code: 'USD' } }],
  ])('is an object of parameters, or nothing: %s', (text, parameters) => {
    expect(read(text)).toEqual({ parameters, packetId: undefined });
  });

  it.each([
    ['{"code":"USD"}', { code: 'USD' }],
    ['""', {}],
  ])('may be wrapped into a packet of Nest: %s', (data, parameters) => {
    expect(read(packet(data))).toEqual({ parameters, packetId: 'a1b2-c3' });
  });

  const names = Array.from({ length: 100_000 }, (_, at) => `"n${at}":1`).join(',');
  it.each([
    ['is none', '[1]'],
    ['is none', '"USD"'],
    ['is not JSON', '{"code":'],
    ['has 1088891 bytes', `{${names}}`],
    ['has 18011 bytes', `{"code":"${'Ж'.repeat(9_000)}"}`],
    ['is nested deeper', `{"a":${'['.repeat(5_000)}`],
    ['has more than 200 values', `{${names.slice(0, 16_000)}`],
    ['repeats the name code', '{"code":"USD","code":"EUR"}'],
    ['is not UTF-8', Buffer.from([0x22, 0xc7, 0x22])],
  ])('is rejected where it %s', (reason, text) => {
    expect(() => read(text)).toThrow(reason);
  });

  it.each([
    ['no object', '[1]'],
    ['too long', `{${names}}`],
    ['too deep', `{"a":${'['.repeat(50)}${']'.repeat(50)}}`],
  ])('is rejected under the id of its packet where that is %s', (_, data) => {
    expect(() => read(packet(data))).toThrow(
      expect.objectContaining({ packetId: 'a1b2-c3' }) as Error,
    );
  });
});
