import { IsNull } from 'typeorm';
import { addDays } from '../../src/common/calendar-date.js';
import type { Unit } from '../../src/database/unit.js';
import { CoverageEntity } from '../../src/rates/model/coverage.entity.js';
import { DocumentEntity } from '../../src/rates/model/document.entity.js';
import { HeldSheetLineEntity } from '../../src/rates/model/held-sheet-line.entity.js';
import { MissingSheetEntity } from '../../src/rates/model/missing-sheet.entity.js';
import { QuarantinedFixingEntity } from '../../src/rates/model/quarantined-fixing.entity.js';
import { QuarantineItemEntity } from '../../src/rates/model/quarantine-item.entity.js';
import { QuarantinedSheetEntity } from '../../src/rates/model/quarantined-sheet.entity.js';
import { RateEntity } from '../../src/rates/model/rate.entity.js';
import { SettingPeriodEntity } from '../../src/rates/model/setting-period.entity.js';
import { SheetDayEntity } from '../../src/rates/model/sheet-day.entity.js';
import { WithdrawnSheetEntity } from '../../src/rates/model/withdrawn-sheet.entity.js';
import { IDS, type RandomValues } from './random-values.js';

/** Random changes of all data in a rate book except rates, written as by services. */
export class RandomFactChanges {
  private readonly random;

  constructor(private readonly values: RandomValues) {
    this.random = values.random;
  }

  async cover(unit: Unit): Promise<void> {
    const from_date = this.values.day();
    const line = { cbr_id: '*', from_date, to_date: addDays(from_date, 10) };
    await unit.insert(CoverageEntity, [
      { ...line, recorded_at: this.values.instant() } as CoverageEntity,
    ]);
  }

  async hold(unit: Unit): Promise<void> {
    const {
      recorded_at: held_at,
      document_id: _,
      ...rate
    } = this.values.rate(this.random.of(IDS), this.values.day());
    const previous = {
      previous_value: '1',
      previous_nominal: 1,
      previous_date: addDays(this.values.day(), -1),
    };
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

  /** A held sheet with lines for a figure, a missing currency and a new currency. */
  async holdSheet(unit: Unit): Promise<void> {
    const effective_date = this.values.day();
    const decision = { state: 'pending' as const, decided_at: null, decided_by: null };
    const row = { effective_date, document_id: 1, held_at: this.values.instant(), ...decision };
    const previous_date = addDays(effective_date, -1);
    const sheet = { ...row, kind: 'sheet', previous_date } as QuarantinedSheetEntity;
    await unit.insert(QuarantinedSheetEntity, [sheet]);
    const line = { ...row, kind: 'line', sheet_item_id: sheet.id, num_code: null };
    const figure = { name: 'Name', nominal: 1, value: this.values.value() };
    const lines = [
      { ...line, cbr_id: 'R01235', code: 'USD', ...figure, previous_date },
      { ...line, cbr_id: 'R01239', code: 'EUR', name: null, nominal: null, value: null },
      { ...line, cbr_id: 'R01060', code: 'AMD', ...figure, previous_date: null },
    ];
    await unit.insert(HeldSheetLineEntity, lines as unknown as HeldSheetLineEntity[]);
  }

  /** The first of several sheets is settled: the item moves to the next one. */
  async moveHeldSheet(unit: Unit): Promise<void> {
    const [sheet] = await unit
      .select(QuarantinedSheetEntity, 'sheet')
      .orderBy('sheet.id')
      .getMany();
    if (!sheet) return;
    const effective_date = this.values.day();
    await unit.update(QuarantinedSheetEntity, { id: sheet.id }, { effective_date });
  }

  async decide(unit: Unit): Promise<void> {
    const state = this.random.of(['accepted', 'rejected', 'withdrawn'] as const);
    const decided_at = this.values.instant();
    const decided_by = this.random.of([null, 'desk']);
    const entity = this.random.of([QuarantinedFixingEntity, QuarantineItemEntity]);
    await unit.update(entity, { state: 'pending' }, { state, decided_at, decided_by });
  }

  /** A day whose sheet is missing, or no longer missing. */
  async miss(unit: Unit): Promise<void> {
    const [known] = await unit.select(MissingSheetEntity, 'missing').orderBy('date').getMany();
    if (known && this.random.next() < 0.5) {
      await unit.delete(MissingSheetEntity, { date: known.date });
      return;
    }
    const date = this.values.day();
    const isKnown = await unit.select(MissingSheetEntity, 'missing').where({ date }).getExists();
    if (isKnown) return;
    const tried = this.values.instant();
    const times = { first_failed_at: tried, last_tried_at: tried, next_try_at: null };
    await unit.insert(MissingSheetEntity, [
      { date, code: 'cbr.html', message: 'no', tries: 1, ...times },
    ]);
  }

  async withdraw(unit: Unit): Promise<void> {
    const date = this.values.day();
    const restored_at = this.values.instant();
    await unit.update(WithdrawnSheetEntity, { restored_at: IsNull() }, { restored_at });
    const why = this.random.of([
      { cause: 'person' as const, reason: 'wrong', withdrawn_by: 'desk' },
      { cause: 'bank' as const, reason: 'not sent any more', withdrawn_by: null },
    ]);
    const row = { date, ...why, withdrawn_at: this.values.instant(), restored_at: null };
    await unit.insert(WithdrawnSheetEntity, [row as WithdrawnSheetEntity]);
  }

  async document(unit: Unit): Promise<void> {
    const fetched_at = this.values.instant();
    const sha256 = `${fetched_at.toISOString()} ${this.random.whole(0, 1e9)}`.padEnd(64, '0');
    const date = this.values.day();
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
    // The bank sends stored figures again, which now belong to another document.
    const rate = await this.values.anyRate(unit, 'cbr');
    const document_id = this.random.of([row.id ?? null, null]);
    if (rate) await unit.update(RateEntity, { id: rate.id }, { document_id });
  }

  /** Facts derived from a series. */
  async learn(unit: Unit): Promise<void> {
    const recorded_at = this.values.instant();
    const from_date = this.values.day();
    const period = { cbr_id: this.random.of(IDS), from_date, to_date: addDays(from_date, 30) };
    const rhythm = this.random.of(['daily', 'monthly'] as const);
    await unit.insert(SettingPeriodEntity, [
      { ...period, rhythm, recorded_at } as SettingPeriodEntity,
    ]);
    const date = this.values.day();
    const known = await unit.select(SheetDayEntity, 'day').where({ date }).getExists();
    if (!known) await unit.insert(SheetDayEntity, [{ date, recorded_at }]);
  }
}
