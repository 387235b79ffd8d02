import {
  addDays,
  type CalendarDate,
  moscowDate,
  toCalendarDate,
} from '../../src/common/calendar-date.js';
import type { Clock } from '../../src/common/clock.js';
import { EventLog } from '../../src/events/event-log.js';
import { LogIdentity } from '../../src/events/log-identity.js';
import { TrustedClock } from '../../src/events/trusted-clock.js';
import { StoreEntity } from '../../src/database/store.entity.js';
import { ImportedRatesService, RateEditsService } from '../../src/rates/editing/index.js';
import {
  type BankDocument,
  type DocumentKind,
  QuarantineItemEntity,
  RateEntity,
} from '../../src/rates/model/index.js';
import {
  AcceptedFixings,
  AcceptedSheets,
  JumpGuard,
  QuarantineService,
  SheetGuard,
} from '../../src/rates/quarantine/index.js';
import {
  HistoryRecorder,
  PastSheetRecorder,
  SeriesFactsRecorder,
  SheetRecorder,
  SheetWithdrawals,
} from '../../src/rates/recording/index.js';
import { noteMissingSheet } from '../../src/rates/storage/index.js';
import type { OpenedDatabase } from './opened-database.js';
import type { Random } from './random.js';
import { TestClock } from './test-clock.js';

/** ID, code. Two IDs share a code. */
const CURRENCIES = [
  ['R01235', 'USD'],
  ['R01239', 'EUR'],
  ['R01510', 'DEM'],
  ['R01510A', 'DEM'],
  ['R01060', 'AMD'],
  ['R01820', 'JPY'],
] as const;
const TODAY = toCalendarDate('2024-03-20');
/** Days on which everything happens: few, so that it happens again. */
const DAYS = 40;
const anyway = () => Promise.resolve();

/** What the services of one process do to a database, at random. All processes share the clock. */
export class RandomWork {
  static readonly clock = new TestClock(`${TODAY}T12:00:00Z`);
  private readonly works: readonly (() => Promise<unknown>)[];

  constructor(
    private readonly database: OpenedDatabase,
    private readonly random: Random,
    clock: Clock = RandomWork.clock,
  ) {
    const { unitOfWork, reader, settings } = database;
    const log = new EventLog(clock, reader);
    const [guard, sheetGuard] = [new JumpGuard(settings), new SheetGuard(settings)];
    const sheets = new SheetRecorder(unitOfWork, log, guard, sheetGuard, clock);
    const pastSheets = new PastSheetRecorder(unitOfWork, log, clock);
    const history = new HistoryRecorder(unitOfWork, log, clock);
    const facts = new SeriesFactsRecorder(unitOfWork, clock);
    const withdrawals = new SheetWithdrawals(unitOfWork, log, clock);
    const accepted = new AcceptedFixings(log, guard);
    const items = new AcceptedSheets(accepted, guard);
    const quarantine = new QuarantineService(unitOfWork, accepted, items, clock);
    const store = database.repository(StoreEntity);
    const trusted = new TrustedClock(clock, store, unitOfWork, log);
    const edits = new RateEditsService(unitOfWork, log, clock, trusted);
    const imports = new ImportedRatesService(unitOfWork, log, clock);
    const identity = new LogIdentity(reader, unitOfWork);
    this.works = [
      // A fetch is the most frequent.
      () => sheets.record(this.sheet(this.late()), anyway),
      () => sheets.record(this.sheet(this.late()), anyway),
      () => sheets.record(this.sheet(this.late()), anyway),
      () => pastSheets.record(this.sheet(this.day()), anyway),
      () => pastSheets.record(this.sheet(this.day()), anyway),
      () => history.record(this.series(), anyway),
      () => history.learn(this.dictionary(), anyway),
      () => withdrawals.withdraw(this.day(), 'wrong', this.author()),
      () => withdrawals.deny(this.day(), this.day(), anyway),
      async () => quarantine.decide(await this.item(), this.verdict()),
      async () => quarantine.decide(await this.item(), this.verdict()),
      () => edits.create({ code: this.code(), name: 'Mine', value: this.value() }, this.author()),
      async () => edits.update(await this.rate(), { value: this.value() }, this.author()),
      async () => edits.update(await this.rate(), { name: `Name ${this.value()}` }, this.author()),
      async () => edits.delete(await this.rate(), this.author()),
      () => imports.record(this.imported()),
      () => facts.recordSetting(this.settings(), anyway),
      () => {
        const range = this.range();
        return facts.recordSheetDays([range.from], range, anyway);
      },
      () => facts.recordCoverage(this.currency()[0], this.range(), anyway),
      () => this.miss(),
      async () => this.random.next() < 0.2 && identity.renew(),
    ];
  }

  /** Does one thing. @throws KursError where the services refuse it */
  async step(): Promise<void> {
    const { clock } = RandomWork;
    // Several things happen in one millisecond.
    const passed = this.random.of([0, 0, 1, 1_000, 700_000]);
    clock.set(new Date(clock.now().getTime() + passed).toISOString());
    await this.random.of(this.works)();
  }

  private sheet(effective_date: CalendarDate) {
    // Sheets with fewer currencies are held.
    const isShrunk = this.random.next() < 0.2;
    const fixings = CURRENCIES.filter(
      ([, code]) => code === 'USD' || !isShrunk || this.random.next() < 0.6,
    ).map(([cbr_id, code]) => ({
      cbr_id,
      code,
      num_code: null,
      name: `Валюта ${cbr_id}`,
      ...this.figure(),
    }));
    const in_force_to = addDays(effective_date, this.random.whole(0, 2));
    return { effective_date, in_force_to, fixings, document: this.document('daily') };
  }

  private series() {
    const [cbr_id] = this.currency();
    const covered = this.range();
    const records = [];
    for (let day = covered.from; day <= covered.to; day = addDays(day, 1)) {
      if (this.random.next() < 0.8) records.push({ cbr_id, effective_date: day, ...this.figure() });
    }
    return { cbr_id, covered, records, document: this.document('dynamic') };
  }

  private dictionary() {
    const entries = CURRENCIES.map(([cbr_id, code]) => ({
      ...{ cbr_id, parent_id: cbr_id, code, num_code: null },
      ...{ name: `Имя ${this.random.whole(0, 3)}`, name_en: `Name ${this.random.whole(0, 3)}` },
    }));
    return { entries, document: this.document('dictionary') };
  }

  /** The same bytes come again. */
  private document(kind: DocumentKind): BankDocument {
    const bytes = Buffer.from(`${kind} ${this.random.whole(0, 5)}`);
    return { kind, bytes, fetched_at: RandomWork.clock.now() };
  }

  private imported() {
    return Array.from({ length: this.random.whole(1, 5) }, () => ({
      ...{
        code: this.code(),
        name: 'Imported',
        value: this.value(),
        isNewest: this.random.next() < 0.3,
      },
      created_at: new Date(RandomWork.clock.now().getTime() - this.random.whole(0, 3_000_000_000)),
    }));
  }

  private settings() {
    const { from, to } = this.range();
    const rhythm = this.random.of(['daily', 'monthly'] as const);
    return new Map([[this.currency()[0], [{ from, to, rhythm }]]]);
  }

  private miss() {
    const failure = { code: this.random.of(['cbr.html', 'cbr.timeout']), message: 'no' };
    const failed = { date: this.day(), failure, tried_at: RandomWork.clock.now() };
    return this.database.unitOfWork.run((unit) =>
      noteMissingSheet(unit, { ...failed, nextTryAfter: () => null }),
    );
  }

  private verdict() {
    const state = this.random.of(['accepted', 'rejected'] as const);
    return { state, isWholeSheet: this.random.next() < 0.3, decided_by: this.author() };
  }

  private async item(): Promise<number> {
    const items = await this.database
      .repository(QuarantineItemEntity)
      .find({ order: { id: 'ASC' } });
    return items.length === 0 ? 0 : this.random.of(items.map(({ id }) => id));
  }

  private async rate(): Promise<number> {
    const rates = await this.database.repository(RateEntity).find({ order: { id: 'ASC' } });
    return rates.length === 0 ? 0 : this.random.of(rates.map(({ id }) => id));
  }

  /** Rarely a jump, which is held. */
  private figure() {
    const value = this.random.next() < 0.05 ? 500 : 100 + this.random.whole(0, 3);
    return { nominal: 1, value: `${value}.0000` };
  }

  private value() {
    return `${this.random.whole(1, 99)}.5`;
  }

  private code() {
    return this.random.of(['GOLD', 'USD', 'W1']);
  }

  private author() {
    return this.random.of([null, 'desk', 'erp']);
  }

  private currency() {
    return this.random.of(CURRENCIES);
  }

  private late() {
    return addDays(moscowDate(RandomWork.clock.now()), this.random.whole(-3, 1));
  }

  private day() {
    return addDays(TODAY, -this.random.whole(0, DAYS));
  }

  private range() {
    const from = this.day();
    return { from, to: addDays(from, this.random.whole(0, 12)) };
  }
}
