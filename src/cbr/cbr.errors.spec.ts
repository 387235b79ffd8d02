import { CbrError } from './cbr.errors.js';

const withStatus = (status: number) =>
  new CbrError('http_status', 'The bank answers', undefined, { status });

describe('an answer of the bank that is not taken', () => {
  it.each([
    [302, false],
    [400, false],
    [401, false],
    [403, false],
    [404, false],
    [408, true],
    [425, true],
    [429, true],
    [451, false],
    [500, true],
  ])(
    'with status %d may pass by itself: %s; it is no word about what was asked',
    (status, kind) => {
      const { isRefusal, isPassing } = withStatus(status);
      expect({ isRefusal, isPassing }).toEqual({ isRefusal: false, isPassing: kind });
    },
  );

  it('is a word about what was asked when the bank says so itself', () => {
    const { isRefusal, isPassing } = new CbrError('error_in_parameters', 'It knows none such');
    expect({ isRefusal, isPassing }).toEqual({ isRefusal: true, isPassing: false });
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
