import { lackOf } from './stream-lack.js';

const WHOLE = { messages: 10, isUncut: true, isBounded: false };
/** The log keeps events 1 to 10, and all were sent. */
const SENT = { oldest: 1, sent: 10 };

describe('what a stream lacks of what was sent', () => {
  it.each([
    ['nothing, where it has all', { ...WHOLE, firstSeq: 1 }, 0],
    ['all, where it is new', { ...WHOLE, messages: 0, firstSeq: undefined }, 10],
    ['what came before it was made anew', { ...WHOLE, messages: 3, firstSeq: 8 }, 7],
    ['all, where it was purged', { messages: 0, isUncut: false, isBounded: false }, 10],
    ['what came before it was purged', { ...WHOLE, isUncut: false, messages: 3, firstSeq: 8 }, 7],
    ['what was removed from its middle', { ...WHOLE, messages: 8, firstSeq: 1 }, 2],
    ['no more than is sure, where others write to it', { ...WHOLE, messages: 99, firstSeq: 8 }, 7],
    ['nothing, where it begins with another log', { ...WHOLE, messages: 99 }, 0],
  ])('is %s', (_, beginning, lack) => {
    expect(lackOf({ firstSeq: undefined, ...beginning }, SENT)).toBe(lack);
  });

  it('is not what the log has forgotten, nor what is still to be sent', () => {
    const beginning = { ...WHOLE, messages: 1, firstSeq: 10 };
    expect(lackOf(beginning, { oldest: 8, sent: 10 })).toBe(2);
    expect(lackOf({ ...beginning, messages: 0, firstSeq: undefined }, { oldest: 8, sent: 7 })).toBe(
      0,
    );
    expect(lackOf({ ...WHOLE, messages: 10, firstSeq: 1 }, { oldest: 8, sent: 10 })).toBe(0);
  });

  it('is not what the bounds of the stream have let go, but what came before it was made anew is', () => {
    const bounded = { ...WHOLE, messages: 3, firstSeq: 8, isBounded: true };
    expect(lackOf(bounded, SENT)).toBe(7);
    expect(lackOf({ ...bounded, isUncut: false }, SENT)).toBe(0);
    expect(lackOf({ ...bounded, isUncut: false, messages: 0, firstSeq: undefined }, SENT)).toBe(0);
    expect(lackOf({ ...bounded, messages: 0, firstSeq: undefined }, SENT)).toBe(10);
    expect(lackOf({ ...bounded, firstSeq: 1 }, SENT)).toBe(0);
  });
});
