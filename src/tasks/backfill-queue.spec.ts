import { TestClock } from '../../test/support/test-clock.js';
import { BankCircuit } from '../cbr/bank-circuit.js';
import { RetryAfterWindow } from '../cbr/retry-after-window.js';
import { CbrError } from '../cbr/cbr.errors.js';
import { BackfillQueue } from './backfill-queue.js';
import { TakenOverError } from './tasks.errors.js';

describe('the queue of currencies to load', () => {
  const clock = new TestClock('2026-04-25T09:00:00Z');
  const quiet = new RetryAfterWindow(clock);
  const queue = new BackfillQueue(new BankCircuit(clock, quiet), clock);
  const targets = ['USD', 'EUR', 'AMD'].map((code) => ({ cbr_id: code, code, isGuess: false }));

  it('ends at once when one of the two cannot go on, although the other waits for the bank', async () => {
    const answer = { status: 503, retryAfter: '240' };
    const later = new CbrError('retry_later', 'Not now', undefined, answer);
    const asked: string[] = [];
    const load = async ({ code }: { code: string }) => {
      asked.push(code);
      await Promise.resolve();
      if (code === 'EUR') throw new TakenOverError();
      quiet.heed(later);
      throw later;
    };
    const { signal } = new AbortController();
    await expect(queue.work(targets, load, signal)).rejects.toThrow(TakenOverError);
    expect(asked).toEqual(['USD', 'EUR']);
  });
});
