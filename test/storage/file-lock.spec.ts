import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileLock, type LockMode } from '../../src/database/file-lock.js';

const MODES: LockMode[] = ['shared', 'reserved', 'exclusive'];
/** Modes that may be held at the same time as each mode. */
const BESIDE = {
  shared: ['shared', 'reserved'],
  reserved: ['shared'],
  exclusive: [],
} satisfies Record<LockMode, LockMode[]>;

describe('a lock between processes', () => {
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kurs-lock-'));
    path = join(folder, 'kurs.db.service-lock');
  });

  const freeModes = () =>
    MODES.filter((mode) => {
      const lock = FileLock.acquire(path, mode);
      lock?.release();
      return lock !== undefined;
    });

  it.each(MODES)('in mode %s admits the compatible modes until it is released', (mode) => {
    const held = FileLock.acquire(path, mode);
    expect(freeModes()).toEqual(BESIDE[mode]);
    held?.release();
    expect(freeModes()).toEqual(MODES);
    expect([readdirSync(folder), statSync(path).size]).toEqual([['kurs.db.service-lock'], 0]);
  });

  it.each(MODES)('in mode %s of another process ends when that process is killed', async (mode) => {
    const holder = spawn(process.execPath, ['test/support/hold-file-lock.mjs', path, mode]);
    await Promise.race([once(holder.stdout, 'data'), once(holder, 'exit')]);
    expect(freeModes()).toEqual(BESIDE[mode]);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    expect(freeModes()).toEqual(MODES);
    expect(readdirSync(folder)).toEqual(['kurs.db.service-lock']);
  });

  it('is not held on a file that is not writable, but shared by its readers', () => {
    writeFileSync(path, '');
    chmodSync(path, 0o444);
    asOrdinaryUser(folder, () => {
      for (const mode of ['reserved', 'exclusive'] as const) {
        expect(() => FileLock.acquire(path, mode)).toThrow(
          /kurs\.db\.service-lock cannot be locked \(.*attempt to write a readonly database\)/,
        );
      }
      const shared = FileLock.acquire(path, 'shared');
      expect(freeModesOfOwner()).toEqual(BESIDE.shared);
      shared?.release();
      expect(() => FileLock.acquire(join(folder, 'new'), 'shared')).toThrow(
        /cannot be locked .*EACCES/,
      );
    });
  });

  it('deletes a file that it created if nobody else holds it', () => {
    const first = FileLock.acquire(path, 'shared');
    const second = FileLock.acquire(path, 'shared');
    first?.releaseWithoutTrace();
    expect(freeModes()).toEqual(BESIDE.shared);
    second?.releaseWithoutTrace();
    expect(existsSync(path)).toBe(true);
    // Of a service, which keeps its lock file for good.
    FileLock.acquire(path, 'shared')?.releaseWithoutTrace();
    expect(existsSync(path)).toBe(true);
    const other = join(folder, 'other');
    FileLock.acquire(other, 'exclusive')?.releaseWithoutTrace();
    expect(existsSync(other)).toBe(false);
  });

  /** What an owner of the file, who may write it, finds. */
  const freeModesOfOwner = () => {
    if (process.getuid?.() !== 0) chmodSync(path, 0o644);
    else process.seteuid?.(0);
    const free = freeModes();
    if (process.getuid?.() === 0) process.seteuid?.(65_534);
    return free;
  };
});

/** Root may write everything: the test becomes an ordinary user for a while. */
function asOrdinaryUser(folder: string, act: () => void): void {
  const isRoot = process.getuid?.() === 0;
  chmodSync(folder, 0o555);
  if (isRoot) process.seteuid?.(65_534);
  try {
    act();
  } finally {
    if (isRoot) process.seteuid?.(0);
    chmodSync(folder, 0o755);
  }
}
