import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settingsFrom } from '../config/environment.js';
import { Connections } from './connections.js';
import { rejectLost } from './lost-database.js';
import { StoreEntity } from './store.entity.js';

describe('a path without a database', () => {
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kurs-lost-'));
    path = join(folder, 'kurs.db');
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const open = (role: 'service' | 'command') =>
    Connections.open(settingsFrom({ DATABASE_URL: `sqlite:${path}` }), [StoreEntity], role);

  it.each(['-wal', '-shm', '-journal', '.restoring', '.before-20261125T192900Z'])(
    'gets no database while a %s is beside it, which is kept',
    async (end) => {
      writeFileSync(path + end, 'left');
      for (const role of ['service', 'command'] as const) {
        await expect(open(role)).rejects.toMatchObject({
          code: 'database.lost',
          message: expect.stringContaining(`beside it is ${path}${end}:`) as string,
        });
      }
      expect(readdirSync(folder)).toEqual([`kurs.db${end}`, 'kurs.db.service-lock']);
    },
  );

  it('includes an empty file, except one left by a killed first start', () => {
    writeFileSync(path, '');
    for (const end of ['-journal', '-shm']) writeFileSync(path + end, '');
    expect(() => rejectLost(path)).not.toThrow();
    writeFileSync(`${path}-wal`, '');
    expect(() => rejectLost(path)).toThrow(`is ${path}-wal:`);
  });

  it('gets a database beside other databases', async () => {
    for (const other of ['other.db', 'old-kurs.db', 'kurs.db.service-lock', 'kurs.database-wal']) {
      writeFileSync(join(folder, other), '');
    }
    await (await open('service')).close();
  });
});
