import { Logger } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { addDays, startOfMoscowDay, toCalendarDate } from '../../src/common/calendar-date.js';
import type { Unit } from '../../src/database/unit.js';
import { RateBooks } from '../../src/rates/book/rate-books.js';
import { CoverageEntity } from '../../src/rates/model/coverage.entity.js';
import { CurrencyEntity } from '../../src/rates/model/currency.entity.js';
import { DocumentEntity } from '../../src/rates/model/document.entity.js';
import { HeldSheetLineEntity } from '../../src/rates/model/held-sheet-line.entity.js';
import { MissingSheetEntity } from '../../src/rates/model/missing-sheet.entity.js';
import { QuarantinedFixingEntity } from '../../src/rates/model/quarantined-fixing.entity.js';
import { QuarantineItemEntity } from '../../src/rates/model/quarantine-item.entity.js';
import { QuarantinedSheetEntity } from '../../src/rates/model/quarantined-sheet.entity.js';
import { keepRevision } from '../../src/rates/model/rate-revision.entity.js';
import { RateEntity } from '../../src/rates/model/rate.entity.js';
import { SettingPeriodEntity } from '../../src/rates/model/setting-period.entity.js';
import { SheetDayEntity } from '../../src/rates/model/sheet-day.entity.js';
import { WithdrawnSheetEntity } from '../../src/rates/model/withdrawn-sheet.entity.js';
import { bookContents } from '../support/book-contents.js';
import { databases, type TestDatabase } from '../support/databases.js';
import { execute } from '../support/execute.js';
import { OpenedDatabase } from '../support/opened-database.js';
import { Random } from '../support/random.js';

const FIRST = toCalendarDate('2020-01-01');
const IDS = ['R01235', 'R01239', 'R01060'];

/** One process: its own connections, and its own book. */
async function openProcess(url: string) {
  const database = await OpenedDatabase.open(url);
  const books = new RateBooks(database.snapshots, database.unitOfWork);
  await books.loaded();
  return { database, books };
}
type Process = Awaited<ReturnType<typeof openProcess>>;

/** Random changes of all that a book holds, the way that services write them. */
class Changes {
  private nextInstant = Date.parse('2024-01-01T00:00:00Z');

  constructor(private readonly random: Random) {}

  async make(unit: Unit): Promise<void> {
    const kinds: (() => Promise<void>)[] = [
      ...[() => this.sheet(unit), () => this.sheet(unit), () => this.series(unit)],
      ...[() => this.correct(unit), () => this.edit(unit), () => this.remove(unit)],
      ...[() => this.create(unit), () => this.rename(unit), () => this.cover(unit)],
      ...[() => this.hold(unit), () => this.decide(unit), () => this.miss(unit)],
      ...[() => this.holdSheet(unit), () => this.moveHeldSheet(unit)],
      ...[() => this.withdraw(unit), () => this.document(unit), () => this.learn(unit)],
    ];
    await this.random.of(kinds)();
  }

  private async sheet(unit: Unit): Promise<void> {
    const day = await this.freeDay(unit);
    const ids = IDS.filter(() => this.random.next() < 0.9);
    await unit.insert(
      RateEntity,
      ids.map((id) => this.rate(id, day)),
    );
  }

  /** A run of days of one currency, wherever they fall. */
  private async series(unit: Unit): Promise<void> {
    const id = this.random.of(IDS);
    const start = this.random.whole(0, 1_999);
    const known = await unit.select(RateEntity, 'rate').where({ cbr_id: id }).getMany();
    const taken = new Set(known.map(({ effective_date }) => effective_date));
    const days = Array.from({ length: 1 + this.random.whole(0, 29) }, (_, index) =>
      addDays(FIRST, start + index),
    );
    const rows = days.filter((day) => !taken.has(day)).map((day) => this.rate(id, day));
    await unit.insert(RateEntity, rows);
  }

  private async correct(unit: Unit): Promise<void> {
    const rate = await this.anyRate(unit, 'cbr');
    if (!rate) return;
    await keepRevision(unit, rate, this.ended('correction'));
    const news = { value: this.value(), recorded_at: this.instant() };
    await unit.update(RateEntity, { id: rate.id }, news);
  }

  private async edit(unit: Unit): Promise<void> {
    const rate = await this.anyRate(unit);
    if (!rate) return;
    await keepRevision(unit, rate, this.ended('edit'));
    const news = { value: this.value(), source: 'manual' as const, recorded_at: this.instant() };
    await unit.update(RateEntity, { id: rate.id }, news);
  }

  private async remove(unit: Unit): Promise<void> {
    const rate = await this.anyRate(unit);
    if (!rate) return;
    await keepRevision(unit, rate, this.ended('delete'));
    await unit.delete(RateEntity, { id: rate.id });
  }

  private async create(unit: Unit): Promise<void> {
    const day = addDays(FIRST, this.random.whole(0, 1_999));
    const code = this.random.of(['USD', 'GOLD']);
    const rate = { ...this.rate('', day), cbr_id: null, code, source: 'manual' as const };
    await unit.insert(RateEntity, [rate as RateEntity]);
  }

  private async rename(unit: Unit): Promise<void> {
    const cbr_id = this.random.of(IDS);
    const name = `Name ${this.random.whole(0, 999)}`;
    await unit.delete(CurrencyEntity, { cbr_id });
    const currency = { cbr_id, code: cbr_id, name, name_en: null, num_code: null };
    await unit.insert(CurrencyEntity, [currency]);
    const rate = await this.anyRate(unit);
    if (rate) await unit.update(RateEntity, { id: rate.id }, { name });
  }

  private async cover(unit: Unit): Promise<void> {
    const from_date = addDays(FIRST, this.random.whole(0, 1_999));
    const line = { cbr_id: '*', from_date, to_date: addDays(from_date, 10) };
    await unit.insert(CoverageEntity, [{ ...line, recorded_at: this.instant() } as CoverageEntity]);
  }

  private async hold(unit: Unit): Promise<void> {
    const {
      recorded_at: held_at,
      document_id: _,
      ...rate
    } = this.rate(this.random.of(IDS), this.day());
    const previous = { previous_value: '1', previous_nominal: 1, previous_date: FIRST };
    const decision = { state: 'pending', decided_at: null, decided_by: null };
    const row = {
      ...rate,
      kind: 'fixing',
      num_code: null,
      document_id: 1,
      ...previous,
      held_at,
      ...decision,
    };
    await unit.insert(QuarantinedFixingEntity, [row as unknown as QuarantinedFixingEntity]);
  }

  /** A sheet with a line of a figure, one of a currency that it lacks, and one of a new currency. */
  private async holdSheet(unit: Unit): Promise<void> {
    const effective_date = this.day();
    const decision = { state: 'pending' as const, decided_at: null, decided_by: null };
    const row = { effective_date, document_id: 1, held_at: this.instant(), ...decision };
    const previous_date = addDays(effective_date, -1);
    const sheet = { ...row, kind: 'sheet', previous_date } as QuarantinedSheetEntity;
    await unit.insert(QuarantinedSheetEntity, [sheet]);
    const line = { ...row, kind: 'line', sheet_item_id: sheet.id, num_code: null };
    const figure = { name: 'Name', nominal: 1, value: this.value() };
    const lines = [
      { ...line, cbr_id: 'R01235', code: 'USD', ...figure, previous_date },
      { ...line, cbr_id: 'R01239', code: 'EUR', name: null, nominal: null, value: null },
      { ...line, cbr_id: 'R01060', code: 'AMD', ...figure, previous_date: null },
    ];
    await unit.insert(HeldSheetLineEntity, lines as unknown as HeldSheetLineEntity[]);
  }

  /** The first of several sheets is settled: the item is of the next one. */
  private async moveHeldSheet(unit: Unit): Promise<void> {
    const [sheet] = await unit
      .select(QuarantinedSheetEntity, 'sheet')
      .orderBy('sheet.id')
      .getMany();
    if (!sheet) return;
    const effective_date = this.day();
    await unit.update(QuarantinedSheetEntity, { id: sheet.id }, { effective_date });
  }

  private async decide(unit: Unit): Promise<void> {
    const state = this.random.of(['accepted', 'rejected', 'withdrawn'] as const);
    const decided_at = this.instant();
    const decided_by = this.random.of([null, 'desk']);
    const entity = this.random.of([QuarantinedFixingEntity, QuarantineItemEntity]);
    await unit.update(entity, { state: 'pending' }, { state, decided_at, decided_by });
  }

  /** A day whose sheet is missing, or is there after all. */
  private async miss(unit: Unit): Promise<void> {
    const [known] = await unit.select(MissingSheetEntity, 'missing').orderBy('date').getMany();
    if (known && this.random.next() < 0.5) {
      await unit.delete(MissingSheetEntity, { date: known.date });
      return;
    }
    const date = this.day();
    const isKnown = await unit.select(MissingSheetEntity, 'missing').where({ date }).getExists();
    if (isKnown) return;
    const tried = this.instant();
    const times = { first_failed_at: tried, last_tried_at: tried, next_try_at: null };
    await unit.insert(MissingSheetEntity, [
      { date, code: 'cbr.html', message: 'no', tries: 1, ...times },
    ]);
  }

  private async withdraw(unit: Unit): Promise<void> {
    const date = this.day();
    const restored_at = this.instant();
    await unit.update(WithdrawnSheetEntity, { restored_at: IsNull() }, { restored_at });
    const why = this.random.of([
      { cause: 'person' as const, reason: 'wrong', withdrawn_by: 'desk' },
      { cause: 'bank' as const, reason: 'not sent any more', withdrawn_by: null },
    ]);
    const row = { date, ...why, withdrawn_at: this.instant(), restored_at: null };
    await unit.insert(WithdrawnSheetEntity, [row as WithdrawnSheetEntity]);
  }

  private async document(unit: Unit): Promise<void> {
    const fetched_at = this.instant();
    const sha256 = `${fetched_at.toISOString()} ${this.random.whole(0, 1e9)}`.padEnd(64, '0');
    const date = this.day();
    const asked = this.random.of([
      { kind: 'daily', cbr_id: null, date, to_date: null },
      { kind: 'dynamic', cbr_id: this.random.of(IDS), date, to_date: addDays(date, 30) },
    ]);
    const row: Partial<DocumentEntity> = {
      ...asked,
      sha256,
      gzipped_bytes: Buffer.from('x'),
      fetched_at,
    };
    await unit.insert(DocumentEntity, [row as unknown as DocumentEntity]);
    // The bank sends again what is stored: the figure is of another document now.
    const rate = await this.anyRate(unit, 'cbr');
    const document_id = this.random.of([row.id ?? null, null]);
    if (rate) await unit.update(RateEntity, { id: rate.id }, { document_id });
  }

  /** Facts that a series tells. */
  private async learn(unit: Unit): Promise<void> {
    const recorded_at = this.instant();
    const from_date = this.day();
    const period = { cbr_id: this.random.of(IDS), from_date, to_date: addDays(from_date, 30) };
    const rhythm = this.random.of(['daily', 'monthly'] as const);
    await unit.insert(SettingPeriodEntity, [
      { ...period, rhythm, recorded_at } as SettingPeriodEntity,
    ]);
    const date = this.day();
    const known = await unit.select(SheetDayEntity, 'day').where({ date }).getExists();
    if (!known) await unit.insert(SheetDayEntity, [{ date, recorded_at }]);
  }

  private day() {
    return addDays(FIRST, this.random.whole(0, 1_999));
  }

  private async freeDay(unit: Unit) {
    const last = await unit
      .select(RateEntity, 'rate')
      .where('rate.cbr_id IS NOT NULL')
      .orderBy('rate.effective_date', 'DESC')
      .limit(1)
      .getOne();
    return addDays(last?.effective_date ?? FIRST, 1 + this.random.whole(0, 2));
  }

  private async anyRate(unit: Unit, source?: 'cbr'): Promise<RateEntity | undefined> {
    const rates = await unit
      .select(RateEntity, 'rate')
      .where(source ? { source } : {})
      .orderBy('rate.id')
      .getMany();
    return rates.length === 0 ? undefined : this.random.of(rates);
  }

  private rate(cbr_id: string, effective_date: ReturnType<typeof addDays>): RateEntity {
    const recorded_at = this.instant();
    const created_at = this.random.next() < 0.5 ? recorded_at : startOfMoscowDay(effective_date);
    return {
      ...{ cbr_id, code: cbr_id, name: `Name ${cbr_id}`, nominal: 10 ** this.random.whole(0, 3) },
      ...{ value: this.value(), effective_date, source: 'cbr', created_at, recorded_at },
      ...{ updated_at: recorded_at, recorded_by: null, document_id: null },
    } as RateEntity;
  }

  private value(): string {
    return `${1 + this.random.whole(0, 9998)}.${String(this.random.whole(0, 9999)).padStart(4, '0')}`;
  }

  private ended(reason: 'correction' | 'edit' | 'delete') {
    const superseded_by = reason === 'correction' ? null : this.random.of([null, 'desk']);
    return { reason, superseded_at: this.instant(), superseded_by };
  }

  /** Now and then the same instant again. */
  private instant(): Date {
    if (this.random.next() < 0.8) this.nextInstant += 1_000;
    return new Date(this.nextInstant);
  }
}

describe.each(databases)('the book of rates on $engine', ({ create }) => {
  let database: TestDatabase;
  let processes: Process[];

  const open = async () => {
    const process = await openProcess(database.url);
    processes.push(process);
    return process;
  };
  const close = async (process: Process) => {
    processes = processes.filter((each) => each !== process);
    await process.database.close();
  };

  beforeEach(async () => {
    database = await create();
    processes = [];
  });

  afterEach(async () => {
    for (const process of [...processes]) await close(process);
    await database.drop();
  });

  it.each([1, 2, 3])(
    'is what a book loaded afresh is, after whatever two processes commit or roll back (seed %s)',
    async (seed) => {
      const random = new Random(seed);
      const changes = new Changes(random);
      const [one, other] = [await open(), await open()];
      for (let step = 0; step < 200; step++) {
        const [writer, reader] = random.next() < 0.5 ? [one, other] : [other, one];
        const failure = random.next() < 0.1 ? new Error('rolled back') : undefined;
        const before = writer.books.current;
        const unit = writer.database.unitOfWork.run(async (open) => {
          for (let left = 1 + random.whole(0, 2); left > 0; left--) await changes.make(open);
          if (failure) throw failure;
        });
        if (failure) await expect(unit).rejects.toBe(failure);
        else await unit;
        if (failure) expect(writer.books.current).toBe(before);
        if (random.next() < 0.3) await reader.books.follow();
        if (step % 20 !== 19) continue;
        // What it committed it has; of others it learns when it looks.
        if (failure) await writer.books.follow();
        await reader.books.follow();
        const fresh = await open();
        const expected = bookContents(fresh.books.current);
        expect(bookContents(writer.books.current)).toEqual(expected);
        expect(bookContents(reader.books.current)).toEqual(expected);
        await close(fresh);
      }
    },
  );

  it('is true when it was loaded while others wrote', async () => {
    const changes = new Changes(new Random(7));
    const writer = await open();
    const step = () => writer.database.unitOfWork.run((unit) => changes.make(unit));
    for (let written = 0; written < 30; written++) await step();
    const late = await OpenedDatabase.open(database.url);
    const books = new RateBooks(late.snapshots, late.unitOfWork);
    const loading = books.loaded();
    for (let written = 0; written < 15; written++) await step();
    await loading;
    await books.follow();
    expect(bookContents(books.current)).toEqual(bookContents(writer.books.current));
    await late.close();
  });

  it('is loaded anew where a version has no record of what it changed, and says so', async () => {
    const warned = jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
    const changes = new Changes(new Random(8));
    const [one, other] = [await open(), await open()];
    for (let written = 0; written < 10; written++) {
      await one.database.unitOfWork.run((unit) => changes.make(unit));
    }
    // As an older Kurs writes, which knows nothing of the table.
    await execute(database.url, 'DELETE FROM changes');
    await other.books.follow();
    expect(bookContents(other.books.current)).toEqual(bookContents(one.books.current));
    expect(warned.mock.calls.flat()).toEqual(['Loading the stored rates again']);
    warned.mockRestore();
  });

  it('of another log replaces the old one, whatever its versions say', async () => {
    const one = await open();
    const changes = new Changes(new Random(8));
    for (let written = 0; written < 10; written++) {
      await one.database.unitOfWork.run((unit) => changes.make(unit));
    }
    const version = one.books.current.position.dataVersion + 1;
    // As of a backup that was taken later.
    for (const statement of [
      'DELETE FROM rates',
      `INSERT INTO changes (data_version, part, key) VALUES (${version}, '', '')`,
      `UPDATE store SET log_id = '00000000-0000-4000-8000-000000000000', data_version = ${version}`,
    ]) {
      await execute(database.url, statement);
    }
    await one.books.follow();
    expect(bookContents(one.books.current)).toEqual(bookContents((await open()).books.current));
  });

  it('follows a database that was set back under the same log', async () => {
    const one = await open();
    const changes = new Changes(new Random(8));
    const step = () => one.database.unitOfWork.run((unit) => changes.make(unit));
    for (let written = 0; written < 10; written++) await step();
    const { dataVersion } = one.books.current.position;
    // As a standby has it that lacks the last commits.
    await execute(database.url, 'DELETE FROM rates');
    await execute(database.url, `DELETE FROM changes WHERE data_version > ${dataVersion - 3}`);
    await execute(database.url, `UPDATE store SET data_version = ${dataVersion - 3}`);
    const currency = { cbr_id: 'R09999', code: 'NEW', name: 'New', name_en: null, num_code: null };
    await one.database.unitOfWork.run((unit) => unit.insert(CurrencyEntity, [currency]));
    expect(bookContents(one.books.current)).toEqual(bookContents((await open()).books.current));
  });

  it('is loaded though somebody commits without a record all the time', async () => {
    const writer = await open();
    await writer.database.unitOfWork.run((unit) => new Changes(new Random(8)).make(unit));
    const late = await OpenedDatabase.open(database.url);
    const { snapshots } = late;
    // Between the pages of every load.
    const readFreely = snapshots.readFreely.bind(snapshots);
    snapshots.readFreely = async (work) => {
      const read = await readFreely(work);
      await execute(database.url, 'UPDATE store SET data_version = data_version + 1');
      return read;
    };
    const books = new RateBooks(snapshots, late.unitOfWork);
    await books.loaded();
    await writer.books.follow();
    expect(bookContents(books.current)).toEqual(bookContents(writer.books.current));
    await late.close();
  });

  it('that cannot be loaded any more tells those who go by its position', async () => {
    const one = await open();
    const told: string[] = [];
    one.books.onAdvance(({ logId, dataVersion }) => told.push(`${logId} ${dataVersion}`));
    const logId = '00000000-0000-4000-8000-000000000000';
    await execute(database.url, `UPDATE store SET log_id = '${logId}'`);
    await execute(database.url, 'ALTER TABLE currencies RENAME TO away');
    // The driver's errors are of another realm, where it was loaded for another test.
    const why: unknown = await one.books.follow().catch((thrown: unknown) => thrown);
    expect(why).toHaveProperty('message', expect.stringMatching(/currencies/));
    expect(told.at(-1)).toBe(`${logId} -1`);
    expect(() => one.books.current).toThrow();
    // Until it is tried again nobody is told that all is well.
    const again: unknown = await one.books.follow().catch((thrown: unknown) => thrown);
    expect(again).toBe(why);
    await execute(database.url, 'ALTER TABLE away RENAME TO currencies');
  });

  it('stays what it was when a commit fails, and takes what it missed with the next look', async () => {
    const [one, other] = [await open(), await open()];
    const before = one.books.current;
    const failure = new Error('not now');
    const failing = one.database.unitOfWork.run(async (unit) => {
      await new Changes(new Random(9)).make(unit);
      throw failure;
    });
    await expect(failing).rejects.toBe(failure);
    expect(one.books.current).toBe(before);
    await other.database.unitOfWork.run((unit) => new Changes(new Random(9)).make(unit));
    expect(one.books.current).toBe(before);
    await one.books.follow();
    expect(bookContents(one.books.current)).toEqual(bookContents(other.books.current));
  });
});
