import type { ServerResponse } from 'node:http';
import { HttpService } from '@nestjs/axios';
import axios from 'axios';
import { eventually } from '../../test/support/eventually.js';
import { FakeBank } from '../../test/support/fake-bank.js';
import { TestClock } from '../../test/support/test-clock.js';
import { settingsFrom } from '../config/environment.js';
import { BankCircuit } from './bank-circuit.js';
import { BankRequests } from './bank-requests.js';
import { RetryAfterWindow } from './retry-after-window.js';
import { CbrTransport } from './cbr-transport.js';
import type { CbrError } from './cbr.errors.js';

describe('the line to the bank', () => {
  let bank: FakeBank;
  let clock: TestClock;
  let stop: AbortController;

  beforeEach(async () => {
    bank = await FakeBank.start();
    clock = new TestClock('2026-04-24T12:00:00Z');
    stop = new AbortController();
  });

  afterEach(() => bank.stop());

  function lineWith(environment: Record<string, string> = {}) {
    const settings = settingsFrom({
      CBR_BASE_URL: bank.url,
      CBR_RETRY_PAUSE_MS: '1',
      CBR_REQUESTS_PER_SECOND: '1000',
      ...environment,
    });
    const quiet = new RetryAfterWindow(clock);
    const transport = new CbrTransport(new HttpService(axios.create()), settings);
    const circuit = new BankCircuit(clock, quiet);
    const line = new BankRequests(transport, quiet, circuit, settings);
    const ask = (isForced = false) =>
      line.request('XML_daily.asp', {}, { stop: stop.signal, isForced }).then(
        ({ bytes }) => bytes.toString(),
        (thrown: unknown) => (thrown as CbrError).code,
      );
    return { ask, circuit };
  }

  /** Answers in turn, the last one for ever. */
  const answer = (...turns: ((response: ServerResponse) => void)[]) =>
    bank.misbehave((_, response) => {
      const turn = turns.length > 1 ? turns.shift() : turns[0];
      turn?.(response);
    });
  const status =
    (code: number, headers = {}) =>
    (response: ServerResponse) => {
      response.writeHead(code, headers).end('sheet');
    };
  const breaksOff = (response: ServerResponse) => {
    response.writeHead(200, { 'Content-Length': 100 });
    response.write('half', () => response.destroy());
  };

  it.each([
    ['a status of 500', status(500)],
    ['a status of 429', status(429)],
    ['no answer', (response: ServerResponse) => response.destroy()],
    ['half an answer', breaksOff],
  ])('asks three times in all on %s', async (_, failure) => {
    const { ask } = lineWith();
    answer(failure, failure, status(200));
    expect(await ask()).toBe('sheet');
    answer(failure);
    bank.questions.length = 0;
    expect(await ask()).toMatch(/^cbr\.(?:http_status|unreachable|truncated)$/);
    expect(bank.questions).toHaveLength(3);
  });

  it.each([404, 403, 302, 204])('asks once on a status of %d', async (code) => {
    answer(status(code));
    expect(await lineWith().ask()).toBe('cbr.http_status');
    expect(bank.questions).toHaveLength(1);
  });

  it('waits at random between tries, and goes home at once when told to', async () => {
    const { ask } = lineWith({ CBR_RETRY_PAUSE_MS: '60000' });
    answer(status(500));
    const asked = ask();
    await eventually('the first try', () => bank.questions.length === 1);
    await new Promise(setImmediate);
    const started = performance.now();
    stop.abort();
    expect(await asked).toBe('cbr.stopped');
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('waits for a short Retry-After within the question', async () => {
    answer(status(503, { 'Retry-After': '1' }), status(200));
    const started = performance.now();
    expect(await lineWith().ask()).toBe('sheet');
    expect(performance.now() - started).toBeGreaterThanOrEqual(990);
  });

  it('asks nothing before the end of a long Retry-After, forced or not', async () => {
    const { ask } = lineWith();
    answer(status(429, { 'Retry-After': 'Fri, 24 Apr 2026 12:30:00 GMT' }), status(200));
    expect(await ask()).toBe('cbr.retry_later');
    expect(await ask()).toBe('cbr.retry_later');
    expect(await ask(true)).toBe('cbr.retry_later');
    expect(bank.questions).toHaveLength(1);
    clock.set('2026-04-24T12:30:00Z');
    expect(await ask()).toBe('sheet');
  });

  it('is not silenced for longer than an hour', async () => {
    const { ask } = lineWith();
    answer(status(503, { 'Retry-After': '31536000' }), status(200));
    expect(await ask()).toBe('cbr.retry_later');
    clock.set('2026-04-24T12:59:50Z');
    expect(await ask()).toBe('cbr.retry_later');
    clock.set('2026-04-24T13:00:00Z');
    expect(await ask()).toBe('sheet');
  });

  it('fails fast once three questions in a row have failed, but not for who forces it', async () => {
    const { ask } = lineWith();
    answer(status(500));
    for (let times = 0; times < 3; times++) expect(await ask()).toBe('cbr.http_status');
    expect(await ask()).toBe('cbr.circuit_open');
    expect(bank.questions).toHaveLength(9);
    answer(status(200));
    expect(await ask(true)).toBe('sheet');
    expect(await ask()).toBe('sheet');
  });

  it('does not take a question that nobody asked for a probe', async () => {
    const { ask, circuit } = lineWith();
    answer(status(500));
    for (let times = 0; times < 3; times++) await ask();
    answer(status(429, { 'Retry-After': '1200' }));
    expect(await ask(true)).toBe('cbr.retry_later');
    clock.set('2026-04-24T12:00:30Z');
    expect(await ask()).toBe('cbr.retry_later');
    expect([circuit.state, circuit.retryAt]).toEqual([
      'half_open',
      new Date('2026-04-24T12:20:00Z'),
    ]);
  });
});
