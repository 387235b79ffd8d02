import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settingsFrom } from '../config/environment.js';
import { Connections, type DatabaseRole } from './connections.js';
import { StoreEntity } from './store.entity.js';

describe('the connections to a SQLite file', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kurs-connections-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const open = (name: string, role: DatabaseRole) =>
    Connections.open(
      settingsFrom({ DATABASE_URL: `sqlite:${join(folder, name)}` }),
      [StoreEntity],
      role,
    );

  it('are of one service, by whatever name another comes', async () => {
    await (await open('kurs.db', 'command')).close();
    symlinkSync(join(folder, 'kurs.db'), join(folder, 'link.db'));
    const first = await open('link.db', 'service');
    await expect(open('kurs.db', 'service')).rejects.toMatchObject({ code: 'database.in_use' });
    await first.close();
  });
});
