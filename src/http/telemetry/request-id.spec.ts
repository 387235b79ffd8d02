import type { IncomingMessage } from 'node:http';
import { requestIdOf } from './request-id.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

function requestWith(id: string | undefined): IncomingMessage {
  return { headers: { 'x-request-id': id } } as unknown as IncomingMessage;
}

describe('the id of a request', () => {
  it.each([
    '0f8fad5b-d9cb-469f-a165-70867728950e',
    '01ARZ3NDEKTSV4RRFFQ69G5FAV',
    'Root=1-67891233-abcdef012345678912345678',
    'a/b+c@d:e_f.g',
    'x'.repeat(64),
  ])('is the client’s: %s', (id) => {
    expect(requestIdOf(requestWith(id))).toBe(id);
  });

  it.each([
    undefined,
    '',
    'x'.repeat(65),
    'two words',
    'a, b',
    'a"b',
    '<script>',
    'пр',
    'a\\u0000',
    'a\nb',
    '%0a',
  ])('is a new one if the client’s is invalid: %j', (id) => {
    expect(requestIdOf(requestWith(id))).toMatch(UUID);
  });

  it('is stable and unique', () => {
    const request = requestWith(undefined);
    expect(requestIdOf(request)).toBe(requestIdOf(request));
    expect(requestIdOf(requestWith(undefined))).not.toBe(requestIdOf(request));
  });
});
