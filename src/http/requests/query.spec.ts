import type { IncomingMessage } from 'node:http';
import { parse } from 'node:querystring';
import { InvalidRequestError } from '../../common/invalid-request.error.js';
import { MalformedRequestError } from '../problems/http.errors.js';
import { queryOf, readQuery } from './query.js';

describe('a query', () => {
  it.each([
    '',
    'a=1&b=2',
    'a',
    'a=&=b',
    '&&a=1&&',
    'a=b=c',
    'a=1?b=2',
    'a+b=c+d',
    'a=%2B%20%26%3D',
    'a=%D0%97%D0%BE',
    'a=%f0%9f%98%80',
    'a=%00',
    '__proto__=1&constructor=2',
    'a[]=1&b[c]=2',
  ])('is parsed as by Node: %s', (query) => {
    expect(readQuery(query)).toEqual(parse(query));
  });

  it.each([
    'a=%C7%EE%EB',
    '%C7%EE%EB=1',
    'a=%ED%A0%80',
    'a=%C0%AF',
    'a=%D0',
    'a=%',
    'a=1%',
    'a=%zz',
    'a=%u0417',
  ])('is rejected if it is not UTF-8 text: %s', (query) => {
    expect(() => readQuery(query)).toThrow(MalformedRequestError);
  });

  it('is everything after the first question mark', () => {
    const of = (url: string) => queryOf({ url } as IncomingMessage);
    expect(['/a', '/a?', '/a?b=1', '/a?b=1?c=2#d=3'].map(of)).toEqual([
      '',
      '',
      'b=1',
      'b=1?c=2#d=3',
    ]);
  });

  it.each(['a=1&a=2', 'a&a', 'a=1&%61=1', '=&=', '__proto__=1&__proto__=2'])(
    'is rejected if a parameter is repeated: %s',
    (query) => {
      expect(() => readQuery(query)).toThrow(InvalidRequestError);
    },
  );

  it('is parsed completely, or rejected', () => {
    expect(readQuery(`${'&'.repeat(999)}date=1`)).toEqual({ date: '1' });
    expect(() => readQuery(`${'&'.repeat(1_000)}date=1`)).toThrow(InvalidRequestError);
    expect(() => readQuery('&'.repeat(8_000))).toThrow(InvalidRequestError);
    expect(() => readQuery('a=1&'.repeat(1_000))).toThrow(InvalidRequestError);
  });
});
