import { appendFileSync } from 'node:fs';
import { counter } from './counter.js';

/** Expects an untouched environment, writes how many files have shared the module, and leaves traces. */
export function leaveEverything(): void {
  it('finds no traces of another file', () => {
    expect(process.env.LEFT_BEHIND).toBeUndefined();
    expect(setTimeout).not.toHaveProperty('clock');
    expect(jest.isMockFunction(Math.random)).toBe(false);
    counter.files += 1;
    appendFileSync(process.env.KURS_TEST_COUNTS ?? '', `${counter.files}\n`);
    process.env.LEFT_BEHIND = 'yes';
    jest.spyOn(Math, 'random').mockReturnValue(0.5);
    jest.useFakeTimers();
  });
}
