import { Logger } from '@nestjs/common';
import { DatabaseCondition } from './database-condition.js';
import { DatabaseBusyError } from './database.errors.js';

const saying = (code: string) => Object.assign(new Error(`the driver says ${code}`), { code });

describe('the database condition', () => {
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

  it('is healthy until something fails', () => {
    expect([condition.failure, condition.fatal]).toEqual([undefined, undefined]);
    expect(() => condition.rejectIfFatal()).not.toThrow();
  });

  it.each(['SQLITE_READONLY', 'SQLITE_IOERR_WRITE', '25006', '57P01', 'SQLITE_BUSY'])(
    'follows the last write: %s makes it fail until a write succeeds',
    (code) => {
      condition.writeFailed(saying(code));
      expect(condition.failure).toMatchObject({ cause: { code } });
      expect(condition.fatal).toBeUndefined();
      condition.writeSucceeded();
      expect(condition.failure).toBeUndefined();
    },
  );

  it('ignores write errors that do not come from the database', () => {
    condition.writeFailed(new Error('on purpose'));
    condition.writeFailed(saying('23505'));
    condition.writeFailed(new DatabaseBusyError());
    expect(condition.failure).toBeUndefined();
  });

  it('stays full for a minute after the last write without space', () => {
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
    'becomes fatal for good after a read or a write fails with %s',
    (code) => {
      condition.sawFailure(saying(code));
      condition.writeSucceeded();
      expect(condition.failure?.code).toBe('database.damaged');
      expect(() => condition.rejectIfFatal()).toThrow('damaged');
    },
  );

  it('ignores other failures of reads', () => {
    condition.sawFailure(saying('57014'));
    condition.sawFailure(saying('SQLITE_ERROR'));
    expect(condition.failure).toBeUndefined();
  });

  it('is proven by a write for a limited time', () => {
    condition.writeSucceeded();
    elapsedMs += 29_999;
    expect(condition.isUnproven(30_000)).toBe(false);
    elapsedMs += 1;
    expect(condition.isUnproven(30_000)).toBe(true);
    condition.writeSucceeded();
    condition.writeFailed(saying('SQLITE_READONLY'));
    expect(condition.isUnproven(30_000)).toBe(true);
  });

  it("logs a change once, with the driver's message", () => {
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
