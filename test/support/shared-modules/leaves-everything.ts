import { appendFileSync } from 'node:fs';
import { counter } from './counter.js';

/** Missing in @types/jest. */
interface WithTesters {
  addEqualityTesters(testers: (() => boolean)[]): void;
}

/** Expects an untouched environment, writes how many files have shared the module, and leaves traces. */
export function leaveEverything(): void {
  // Fails unless a file is being loaded or a test runs.
  jest.getRealSystemTime();

  it('finds no traces of another file', () => {
    const { LEFT_BEHIND, KURS_TEST_CHANGED, KURS_TEST_REMOVED } = process.env;
    expect([LEFT_BEHIND, KURS_TEST_CHANGED, KURS_TEST_REMOVED]).toEqual([undefined, '1', '1']);
    expect(setTimeout).not.toHaveProperty('clock');
    expect(jest.isMockFunction(Math.random)).toBe(false);
    expect('left').not.toEqual('right');
    expect(expect('matchers')).not.toHaveProperty('toBeLeftBehind');
    const symbols = Object.getOwnPropertySymbols(globalThis).map(({ description }) => description);
    // That of this file.
    expect(symbols.filter((symbol) => symbol === 'JEST_STATE_SYMBOL')).toHaveLength(1);
    expect(symbols.filter((symbol) => /TIMEOUT|RETRY/.test(symbol ?? ''))).toEqual([
      'RETRY_TIMES_SETTER',
    ]);
    counter.files += 1;
    appendFileSync(process.env.KURS_TEST_COUNTS ?? '', `${counter.files}\n`);
    console.log('from the shared module');
  });

  afterAll(() => {
    process.env.LEFT_BEHIND = 'yes';
    process.env.KURS_TEST_CHANGED = '2';
    delete process.env.KURS_TEST_REMOVED;
    jest.spyOn(Math, 'random').mockReturnValue(0.5);
    jest.useFakeTimers();
    jest.setTimeout(1);
    jest.retryTimes(1);
    expect.extend({ toBeLeftBehind: () => ({ pass: true, message: () => '' }) });
    (expect as unknown as WithTesters).addEqualityTesters([() => true]);
  });
}
