import { Logger } from '@nestjs/common';
import { logFault } from './fault-log.js';

describe('the log of faults', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('has each stack once a minute, and one line for each fault', () => {
    const stacks: boolean[] = [];
    jest.spyOn(Logger.prototype, 'error').mockImplementation((_: unknown, stack: unknown) => {
      stacks.push(typeof stack === 'string');
    });
    const [one, other] = [new RangeError('too deep'), new TypeError('not there')];
    const now = performance.now();
    for (const [seconds, failure] of [
      ...([
        [0, one],
        [1, one],
        [2, other],
        [3, one],
        [59, other],
        [62, one],
        [63, one],
      ] as const),
    ]) {
      jest.spyOn(performance, 'now').mockReturnValue(now + seconds * 1_000);
      logFault('A message failed', failure, {});
    }
    logFault('A message failed', 'no error at all', {});
    expect(stacks).toEqual([true, false, true, false, false, true, false, false]);
  });
});
