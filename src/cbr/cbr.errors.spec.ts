import { CbrError } from './cbr.errors.js';

const withStatus = (status: number) =>
  new CbrError('http_status', 'The bank answers', undefined, { status });

describe('an answer of the bank that is not taken', () => {
  it.each([
    [400, { isRefusal: true, isPassing: false }],
    [404, { isRefusal: true, isPassing: false }],
    [429, { isRefusal: false, isPassing: true }],
    [500, { isRefusal: false, isPassing: true }],
    [302, { isRefusal: false, isPassing: false }],
  ])('with status %d is a refusal, or may pass, or neither', (status, kind) => {
    const { isRefusal, isPassing } = withStatus(status);
    expect({ isRefusal, isPassing }).toEqual(kind);
  });

  it.each([
    ['unreachable', true],
    ['timeout', true],
    ['truncated', true],
    ['untrusted', false],
    ['foreign_redirect', false],
    ['too_large', false],
    ['stopped', false],
    ['html', false],
  ] as const)('%s may pass by itself: %s', (failure, isPassing) => {
    expect(new CbrError(failure, 'It fails').isPassing).toBe(isPassing);
  });
});
