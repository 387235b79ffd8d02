import { copyFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkBackup } from '../../src/database/backup-check.js';
import { type CommandHost, withCommandHost } from './command-host.js';
import { FakeBank } from './fake-bank.js';
import { readRates } from './log-reader.js';
import { sheetXml, USD } from './sheet-builder.js';

/** SQLite database of each test, a copy of a good backup with the dollar's rate, and commands that use it. */
export class CopiedDatabase {
  readonly folder = mkdtempSync(join(tmpdir(), 'kurs-good-'));
  readonly good = join(this.folder, 'good.db');
  /** Changes with each test. */
  path = join(this.folder, 'made.db');
  readonly environment: Record<string, string> = { BACKFILL_DAYS: '0' };

  constructor(
    readonly bank: FakeBank,
    readonly host: CommandHost,
  ) {}

  readonly run = (name: string, ...words: string[]) =>
    this.host.run(this.environment, name, ...words);

  readonly expectRestored = async () => {
    expect(checkBackup(this.path).complaints).toEqual([]);
    const codes = (await readRates(`sqlite:${this.path}`)).map(({ code }) => code);
    expect(codes).toEqual(['USD']);
  };

  async makeGood(): Promise<void> {
    this.bank.publish(sheetXml('24.04.2026', [USD]));
    this.environment.CBR_BASE_URL = this.bank.url;
    this.use(this.path);
    await this.run('fetch');
    expect(await this.run('backup', this.good)).toMatchObject({ code: 0 });
  }

  copy(): void {
    this.use(join(mkdtempSync(join(tmpdir(), 'kurs-place-')), 'kurs.db'));
    copyFileSync(this.good, this.path);
  }

  private use(path: string): void {
    this.path = path;
    this.environment.DATABASE_URL = `sqlite:${path}`;
  }
}

export function withCopiedDatabase(): CopiedDatabase {
  const copied = new CopiedDatabase(new FakeBank(), withCommandHost());
  beforeAll(async () => {
    await copied.bank.open();
    await copied.makeGood();
  });
  beforeEach(() => copied.copy());
  afterAll(() => copied.bank.stop());
  return copied;
}
