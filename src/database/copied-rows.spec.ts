import type pg from 'pg';
import { readCopied } from './copied-rows.js';
import type { Slices } from './slices.js';

const SILENT_MS = 1_000;
const ROW = { chunk: Buffer.from('row') };

/** What pg calls as the server answers. */
interface Answered {
  submit(connection: unknown): void;
  handleCopyData(row: typeof ROW, connection: unknown): void;
  handleCommandComplete(): void;
  handleReadyForQuery(): void;
  handleError(thrown: Error): void;
}

describe('rows of a COPY', () => {
  /** Ends the turn of the event loop in which rows are taken. */
  let nextTurn: () => void;
  let taken: number;
  let query: Answered;
  let reading: Promise<void>;
  const destroy = jest.fn();
  const stream = { destroy, pause: jest.fn(), resume: jest.fn() };
  const connection = { query: () => undefined, stream };
  const settled = async () => {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  };

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask'] });
    jest.clearAllMocks();
    taken = 0;
    const turn = () => new Promise<void>((resolve) => (nextTurn = resolve));
    const client = {
      connectionParameters: { query_timeout: SILENT_MS },
      query: (asked: Answered) => (query = asked).submit(connection),
    } as unknown as pg.PoolClient;
    const slices = { isUsedUp: true, turn } as unknown as Slices;
    reading = readCopied(client, '', () => (taken += 1), slices);
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  it('are awaited until the server is ready for the next query', () => {
    query.handleCommandComplete();
    jest.advanceTimersByTime(SILENT_MS);
    expect(destroy.mock.calls).toEqual([[new Error('Query read timeout')]]);
  });

  it('may take longer than the server may be silent, which is then awaited again', async () => {
    query.handleCopyData(ROW, connection);
    await settled();
    jest.advanceTimersByTime(10 * SILENT_MS);
    nextTurn();
    await settled();
    jest.advanceTimersByTime(SILENT_MS - 1);
    expect(destroy).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(destroy).toHaveBeenCalled();
  });

  it('end the reading only when the last of them is taken, and no timer is left', async () => {
    const end = jest.fn();
    void reading.then(end);
    query.handleCopyData(ROW, connection);
    query.handleCopyData(ROW, connection);
    query.handleReadyForQuery();
    await settled();
    expect({ taken, ends: end.mock.calls.length }).toEqual({ taken: 1, ends: 0 });
    nextTurn();
    await settled();
    nextTurn();
    await reading;
    expect({ taken, timers: jest.getTimerCount() }).toEqual({ taken: 2, timers: 0 });
  });

  it('are not taken after a failure, which no later one replaces', async () => {
    query.handleCopyData(ROW, connection);
    query.handleCopyData(ROW, connection);
    await settled();
    query.handleError(new Error('cut'));
    nextTurn();
    await expect(reading).rejects.toThrow('cut');
    expect({ taken, timers: jest.getTimerCount() }).toEqual({ taken: 1, timers: 0 });
  });
});
