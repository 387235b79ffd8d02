import { TestClock } from '../../test/support/test-clock.js';
import { BankCircuit } from './bank-circuit.js';
import { RetryAfterWindow } from './retry-after-window.js';
import { CbrError, type CbrFailure } from './cbr.errors.js';

const NOON = '2026-04-24T12:00:00.000Z';
const later = (seconds: number) => new Date(Date.parse(NOON) + seconds * 1_000).toISOString();

describe('the circuit to the bank', () => {
  let clock: TestClock;
  let quiet: RetryAfterWindow;
  let circuit: BankCircuit;
  let asked: number;

  beforeEach(() => {
    clock = new TestClock(NOON);
    quiet = new RetryAfterWindow(clock);
    circuit = new BankCircuit(clock, quiet);
    asked = 0;
  });

  const answer = (failure?: CbrFailure) => () => {
    asked++;
    return failure ? Promise.reject(new CbrError(failure, 'It fails')) : Promise.resolve('answer');
  };
  const ask = (failure?: CbrFailure, isForced = false) =>
    circuit.run(answer(failure), isForced).catch((thrown: unknown) => (thrown as CbrError).code);
  const open = async () => {
    for (let times = 0; times < 3; times++) await ask('timeout');
  };
  const standing = () => [circuit.state, circuit.retryAt?.toISOString()];

  it('opens after three failures in a row, says when it was left, and nobody asks on schedule', async () => {
    await ask('timeout');
    await ask('timeout');
    await ask();
    await ask('unreachable');
    await ask('unreachable');
    expect(standing()).toEqual(['closed', undefined]);
    await ask('unreachable');
    expect(standing()).toEqual(['open', later(30)]);
    asked = 0;
    await expect(circuit.run(answer(), false)).rejects.toMatchObject({
      code: 'cbr.circuit_open',
      message: expect.stringContaining(`before ${later(30)}`) as string,
    });
    expect(asked).toBe(0);
  });

  it('does not open for answers that are merely bad', async () => {
    for (let times = 0; times < 10; times++) expect(await ask('html')).toBe('cbr.html');
    expect(circuit.state).toBe('closed');
  });

  it('lets one question through after a pause that doubles up to ten minutes', async () => {
    await open();
    let at = 30;
    for (const pause of [60, 120, 240, 480, 600, 600]) {
      clock.set(later(at - 1));
      expect(await ask()).toBe('cbr.circuit_open');
      clock.set(later(at));
      expect(circuit.state).toBe('half_open');
      expect(await ask('timeout')).toBe('cbr.timeout');
      at += pause;
      expect(standing()).toEqual(['open', later(at)]);
    }
    clock.set(later(at));
    expect(await ask()).toBe('answer');
    expect(standing()).toEqual(['closed', undefined]);
    await open();
    expect(standing()).toEqual(['open', later(at + 30)]);
  });

  it('always lets a forced question through, whose success closes it', async () => {
    await open();
    expect(await ask(undefined, true)).toBe('answer');
    expect(circuit.state).toBe('closed');
    expect(await ask()).toBe('answer');
  });

  it('makes no longer pause of forced questions that fail', async () => {
    await open();
    clock.set(later(10));
    for (let times = 0; times < 5; times++) expect(await ask('timeout', true)).toBe('cbr.timeout');
    expect(standing()).toEqual(['open', later(30)]);
    clock.set(later(30));
    await ask('timeout');
    expect(standing()).toEqual(['open', later(90)]);
  });

  it('lets a forced question wait for a probe under way, and then ask itself', async () => {
    await open();
    clock.set(later(30));
    let fail = (_: CbrError): void => undefined;
    const probe = circuit.run(() => new Promise<string>((_, reject) => (fail = reject)), false);
    expect(circuit.state).toBe('half_open');
    const forced = ask(undefined, true);
    const scheduled = ask();
    fail(new CbrError('timeout', 'It fails'));
    await expect(probe).rejects.toMatchObject({ code: 'cbr.timeout' });
    expect(await forced).toBe('answer');
    expect(['answer', 'cbr.circuit_open']).toContain(await scheduled);
    expect(circuit.state).toBe('closed');
  });

  it('learns nothing from a probe that is stopped', async () => {
    await open();
    clock.set(later(30));
    expect(await ask('stopped')).toBe('cbr.stopped');
    expect(circuit.state).toBe('half_open');
    await ask('timeout');
    expect(standing()).toEqual(['open', later(90)]);
  });

  it('closes when a probe gets an answer that is merely bad', async () => {
    await open();
    clock.set(later(30));
    expect(await ask('html')).toBe('cbr.html');
    expect(circuit.state).toBe('closed');
  });

  it('begins another pause when a forced question fails after the end of this one', async () => {
    await open();
    let fail = (_: CbrError): void => undefined;
    const forced = circuit.run(() => new Promise<string>((_, reject) => (fail = reject)), true);
    clock.set(later(40));
    fail(new CbrError('timeout', 'It fails'));
    await expect(forced).rejects.toMatchObject({ code: 'cbr.timeout' });
    expect(standing()).toEqual(['open', later(70)]);
  });

  it('opens once when questions that were asked together all fail', async () => {
    await Promise.all([ask('timeout'), ask('timeout'), ask('timeout'), ask('timeout'), ask()]);
    expect(standing()).toEqual(['open', later(30)]);
  });

  it('is not kept open by a clock that is set back', async () => {
    await open();
    clock.set('2020-01-01T00:00:00Z');
    expect(await ask()).toBe('answer');
  });

  it('says when the bank may be asked where it has asked for quiet', () => {
    const status = (value: number, retryAfter: string) =>
      new CbrError('http_status', 'It fails', undefined, { status: value, retryAfter });
    quiet.heed(status(500, '600'));
    expect(circuit.retryAt).toBeUndefined();
    quiet.heed(status(429, '600'));
    expect(standing()).toEqual(['closed', later(600)]);
    quiet.heed(status(503, '999999'));
    expect(standing()).toEqual(['closed', later(3_600)]);
    clock.set('2020-01-01T00:00:00Z');
    expect(circuit.retryAt).toBeUndefined();
  });
});
