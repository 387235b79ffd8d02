import { Logger } from '@nestjs/common';
import { DatabaseCondition } from './database-condition.js';
import { DatabaseBusyError } from './database.errors.js';

const saying = (code: string) => Object.assign(new Error(`the driver says ${code}`), { code });

describe('the condition of a database', () => {
  let elapsedMs: number;
  let condition: DatabaseCondition;
  let said: string[];

  beforeEach(() => {
    elapsedMs = 1_000;
    said = [];
    const say = (message: string) => said.push(message);
    Logger.overrideLogger({ log: say, warn: say, error: say });
    condition = new DatabaseCondition(() => elapsedMs);
  });

  it('is good until something fails', () => {
    expect([condition.failure, condition.fatal]).toEqual([undefined, undefined]);
    expect(() => condition.refuseIfFatal()).not.toThrow();
  });

  it.each(['SQLITE_READONLY', 'SQLITE_IOERR_WRITE', '25006', '57P01', 'SQLITE_BUSY'])(
    'is that of the last write: after %s it is bad until one succeeds',
    (code) => {
      condition.writeFailed(saying(code));
      expect(condition.failure).toMatchObject({ cause: { code } });
      expect(condition.fatal).toBeUndefined();
      condition.writeSucceeded();
      expect(condition.failure).toBeUndefined();
    },
  );

  it('is not touched by what a write refuses for a reason of its own', () => {
    condition.writeFailed(new Error('on purpose'));
    condition.writeFailed(saying('23505'));
    condition.writeFailed(new DatabaseBusyError());
    expect(condition.failure).toBeUndefined();
  });

  it('stays full for a minute after the last write that found no room', () => {
    condition.writeFailed(saying('SQLITE_FULL'));
    elapsedMs += 59_000;
    condition.writeSucceeded();
    expect(condition.failure?.code).toBe('database.full');
    condition.writeFailed(saying('53100'));
    elapsedMs += 59_000;
    condition.writeSucceeded();
    expect(condition.failure?.code).toBe('database.full');
    elapsedMs += 1_000;
    condition.writeSucceeded();
    expect(condition.failure).toBeUndefined();
  });

  it.each(['SQLITE_CORRUPT', 'SQLITE_NOTADB', 'XX001'])(
    'is fatal for good once a read or a write meets %s',
    (code) => {
      condition.sawFailure(saying(code));
      condition.writeSucceeded();
      expect(condition.failure?.code).toBe('database.damaged');
      expect(() => condition.refuseIfFatal()).toThrow('damaged');
    },
  );

  it('is not touched by a read that fails otherwise', () => {
    condition.sawFailure(saying('57014'));
    condition.sawFailure(saying('SQLITE_ERROR'));
    expect(condition.failure).toBeUndefined();
  });

  it('is proven by a write, for a while', () => {
    condition.writeSucceeded();
    elapsedMs += 29_999;
    expect(condition.isUnproven(30_000)).toBe(false);
    elapsedMs += 1;
    expect(condition.isUnproven(30_000)).toBe(true);
    condition.writeSucceeded();
    condition.writeFailed(saying('SQLITE_READONLY'));
    expect(condition.isUnproven(30_000)).toBe(true);
  });

  it('is told to the log when it changes, with what the driver said', () => {
    condition.writeFailed(saying('SQLITE_READONLY'));
    condition.writeFailed(saying('SQLITE_READONLY'));
    condition.writeSucceeded();
    condition.writeSucceeded();
    expect(said).toEqual([
      'A write failed: The database is read-only: nothing was written: ' +
        'the driver says SQLITE_READONLY (database.read_only)',
      'The database can be written again',
    ]);
  });
});
