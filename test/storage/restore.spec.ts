import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkBackup } from '../../src/database/backup-check.js';
import { DatabaseLock } from '../../src/database/database-lock.js';
import { restoreFiles } from '../../src/database/restore-files.js';
import { Sqlite } from '../../src/database/sqlite.js';
import { SqliteRestore } from '../../src/database/sqlite-restore.js';
import { execute } from '../support/execute.js';
import { OpenedDatabase } from '../support/opened-database.js';
import { besides, bytesUnder, leaveInLog } from '../support/sqlite-leftovers.js';

const SCRIPT = 'test/support/interrupted-restore.mjs';
const NOW = new Date('2026-04-25T10:00:00.123Z');
const OLD_LOG = '00000000-0000-4000-8000-000000000000';
const NEW_LOG = '11111111-1111-4111-8111-111111111111';

describe('a restore of SQLite', () => {
  let folder: string;
  let path: string;
  let good: string;
  let made: string;

  beforeAll(async () => {
    made = join(mkdtempSync(join(tmpdir(), 'kurs-restore-')), 'good.db');
    await (await OpenedDatabase.open(`sqlite:${made}`)).close();
  });

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kurs-restore-'));
    path = join(folder, 'kurs.db');
    good = join(folder, 'good.db');
    copyFileSync(made, path);
    copyFileSync(made, good);
    await execute(`sqlite:${path}`, `UPDATE store SET log_id = '${OLD_LOG}'`);
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const restored = (files = restoreFiles) => {
    const restore = SqliteRestore.begin(path, good, files);
    try {
      const draft = new Sqlite(restore.draft);
      draft.exec(`UPDATE store SET log_id = '${NEW_LOG}'`);
      draft.close();
      return restore.finish(NOW, NEW_LOG);
    } finally {
      restore.end();
    }
  };
  /** Log id of the database, or why it cannot be opened. */
  const opened = async () => {
    try {
      const database = await OpenedDatabase.open(`sqlite:${path}`);
      const { log_id } = await database.reader.store();
      await database.close();
      return log_id;
    } catch (thrown) {
      return (thrown as { code?: string }).code;
    }
  };

  it('replaces the database by the backup, and keeps the old one', () => {
    expect(restored()).toEqual([`${path}.before-20260425T100000Z`]);
    expect(besides(path)).toEqual(['', '.before-T', '.service-lock']);
    expect(checkBackup(path)).toMatchObject({ log_id: NEW_LOG, complaints: [] });
    expect(checkBackup(`${path}.before-20260425T100000Z`).log_id).toBe(OLD_LOG);
    // In the same second: the file that the first restore kept is not overwritten.
    expect(restored()).toEqual([`${path}.before-20260425T100000Z-2`]);
    expect(checkBackup(`${path}.before-20260425T100000Z`).log_id).toBe(OLD_LOG);
  });

  it('replaces a damaged database, which is kept with its log', () => {
    writeFileSync(path, 'no database'.repeat(1_000));
    writeFileSync(`${path}-wal`, 'its log');
    const aside = restored().filter((name) => !name.endsWith('-shm'));
    expect(aside.map((each) => readFileSync(each, 'utf8').slice(0, 7))).toEqual([
      'no data',
      'its log',
    ]);
    expect(checkBackup(path).complaints).toEqual([]);
  });

  it('keeps in one file what a killed service left in its log', () => {
    leaveInLog(path, "UPDATE store SET log_id = 'of the killed one'");
    expect(restored()).toEqual([`${path}.before-20260425T100000Z`]);
    expect(checkBackup(`${path}.before-20260425T100000Z`).log_id).toBe('of the killed one');
  });

  it('holds its lock until its end, and a concurrent one changes nothing', async () => {
    const restore = SqliteRestore.begin(path, good);
    expect(() => SqliteRestore.begin(path, good)).toThrow(/is being restored/);
    expect(await opened()).toBe('database.in_use');
    restore.end();
    const check = (place: string) => {
      expect(besides(place)).toEqual(['', '.before-T', '.service-lock']);
      // A write at this moment would be lost if the restore were undone.
      expect(() => DatabaseLock.ofCommand(place)).toThrow(/is being restored/);
      return restoreFiles.check(place);
    };
    restored({ ...restoreFiles, check });
    expect(await opened()).toBe(NEW_LOG);
  });

  it('is rejected while another program has the database open', () => {
    const program = new Sqlite(path);
    program.pragma('journal_mode = WAL');
    program.exec("UPDATE store SET log_id = 'mine'");
    expect(() => restored()).toThrow(/locked by another writer/);
    program.close();
    expect(besides(path)).toEqual(['', '.service-lock']);
    expect(checkBackup(path).log_id).toBe('mine');
  });

  it('does not accept the database or the draft of an interrupted restore as a backup', () => {
    copyFileSync(good, `${path}.restoring`);
    for (const own of [path, `${path}.restoring`]) {
      expect(() => SqliteRestore.begin(path, own)).toThrow(/is the database itself|is the draft/);
      expect(existsSync(own)).toBe(true);
    }
  });

  const failing = (name: keyof typeof restoreFiles, at: number) => {
    let calls = 0;
    const real = restoreFiles[name] as (...words: unknown[]) => unknown;
    const fail = (...words: unknown[]) => {
      calls += 1;
      if (calls === at) throw new Error(`no ${name} today`);
      return real(...words);
    };
    return { ...restoreFiles, [name]: fail };
  };

  it.each([
    ['giveTo', 1],
    ['rename', 1],
    ['rename', 2],
    ['rename', 3],
    ['syncToDisk', 1],
    ['syncToDisk', 2],
    ['syncToDisk', 3],
    ['check', 1],
  ] as const)('leaves the old database whole when %s fails at call %d', (name, at) => {
    // A database and a log that do not belong together: neither may be changed.
    leaveInLog(path, 'CREATE TABLE other (id INTEGER)');
    writeFileSync(path, 'no database'.repeat(1_000));
    const both = () => ['', '-wal'].map((end) => readFileSync(path + end));
    const before = both();
    expect(() => restored(failing(name, at))).toThrow(`no ${name} today`);
    // Any reader of the log creates its index.
    expect(besides(path).filter((end) => end !== '-shm')).toEqual(['', '-wal', '.service-lock']);
    expect(both()).toEqual(before);
  });

  it('puts the old database back when the new one is damaged in its place', async () => {
    const check = (place: string) => {
      writeFileSync(place, 'damaged'.repeat(1_000));
      return restoreFiles.check(place);
    };
    expect(() => restored({ ...restoreFiles, check })).toThrow(
      /^The restore failed, and .*kurs\.db is unchanged: .*not a database/,
    );
    expect(await opened()).toBe(OLD_LOG);
    expect(besides(path)).toEqual(['', '.service-lock']);
  });

  it('says where every file is when it cannot even be undone', async () => {
    const rename = (from: string, to: string) => {
      if (to === path) throw new Error('no rename today');
      restoreFiles.rename(from, to);
    };
    expect(() => restored({ ...restoreFiles, rename })).toThrow(
      /nothing is deleted, look at .*\.before-20260425T100000Z \(no rename today; then, undoing it: no rename/,
    );
    expect(await opened()).toBe('database.lost');
  });

  describe('that is killed', () => {
    /** Kills a restore between every two steps and returns how each place was opened afterwards. */
    const killedEverywhere = async (look: () => void) => {
      const untouched = join(mkdtempSync(join(tmpdir(), 'kurs-untouched-')), 'place');
      cpSync(folder, untouched, { recursive: true });
      const states: unknown[] = [];
      for (let [step, isOver] = [1, false]; !isOver; step += 1) {
        rmSync(folder, { recursive: true });
        cpSync(untouched, folder, { recursive: true });
        const words = [SCRIPT, path, good, String(step)];
        const { signal, stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
        isOver = signal !== 'SIGKILL';
        if (isOver) expect(stderr + stdout).toBe(`took ${step - 1} steps\n`);
        const state = await opened();
        states.push(state);
        look();
        if (state !== 'database.lost') continue;
        restored();
        expect(await opened()).toBe(NEW_LOG);
      }
      expect(states.length).toBeGreaterThan(15);
      return new Set(states);
    };

    it('leaves the old database, the new one, or none, and reports the latter until it is repeated', async () => {
      leaveInLog(path, 'UPDATE store SET relayed_seq = 7');
      const states = await killedEverywhere(() => {
        const logs = besides(path)
          .filter((end) => end === '' || end === '.before-T')
          .map((end) => checkBackup(join(folder, nameOf(end))).log_id);
        expect(logs).toContain(OLD_LOG);
      });
      expect(states).toEqual(new Set([OLD_LOG, 'database.lost', NEW_LOG]));
    });

    it('keeps every byte of a damaged database and of its log', async () => {
      leaveInLog(path, 'CREATE TABLE other (id INTEGER)');
      writeFileSync(path, 'no database'.repeat(1_000));
      const kept = bytesUnder(path);
      const states = await killedEverywhere(() => {
        const now = bytesUnder(path);
        expect(kept.filter((bytes) => !now.some((each) => each.equals(bytes)))).toEqual([]);
      });
      expect(states).toEqual(new Set(['database.damaged', 'database.lost', NEW_LOG]));
    });
  });

  /** File name for an ending that `besides` returns. */
  const nameOf = (end: string) =>
    readdirSync(folder).find((name) => name === `kurs.db${end}`) ??
    readdirSync(folder).find((name) => name.startsWith('kurs.db.before-')) ??
    '';
});
