import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../../common/calendar-date.js';
import { moscowDate } from '../../common/calendar-date.js';
import { Clock } from '../../common/clock.js';
import { type DecimalText, isSameNumber } from '../../common/decimal.js';
import type { Unit } from '../../database/unit.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { EventLog } from '../../events/event-log.js';
import { TrustedClock } from '../../events/trusted-clock.js';
import {
  expireAnswers,
  type IdempotencyKey,
  storeAnswer,
  type StoredAnswer,
  storedAnswer,
} from './idempotency-keys.js';
import { keepRevision, rateChange, RateEntity, RateNotFoundError } from '../model/index.js';

/** A manual rate to create; nominal 1 and today in Moscow by default. */
export interface NewRate {
  code: string;
  name: string;
  value: DecimalText;
  nominal?: number | undefined;
  effective_date?: CalendarDate | undefined;
}

/** Editable fields of a rate. */
export interface RateEdit {
  name?: string | undefined;
  value?: DecimalText | undefined;
}

/** Name of an API key; null without a key. */
type Author = string | null;

/** Validates a rate before it is changed. */
type Check = (rate: RateEntity) => void;
const anyRate: Check = () => undefined;

/** Edits by people: every changed rate becomes `manual`, every replaced version becomes a revision. */
@Injectable()
export class RateEditsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly eventLog: EventLog,
    private readonly clock: Clock,
    private readonly trustedClock: TrustedClock,
  ) {}

  create(wanted: NewRate, author: Author): Promise<RateEntity> {
    return this.unitOfWork.run((unit) => this.insert(unit, wanted, author));
  }

  /**
   * Creates a rate once, however often the request is repeated: the first answer is stored with its key in the same
   * transaction, and returned again.
   *
   * @param answerTo serializes the created rate
   * @throws KeyReusedError if the key was used with another request
   */
  async createOnce(
    wanted: NewRate,
    author: Author,
    key: IdempotencyKey,
    answerTo: (rate: RateEntity) => string,
  ): Promise<StoredAnswer> {
    const trustedNow = await this.trustedClock.now();
    return this.unitOfWork.run(async (unit) => {
      const kept = await storedAnswer(unit, key);
      if (kept !== undefined) return { answer: kept, isRepeated: true };
      const answer = answerTo(await this.insert(unit, wanted, author));
      await expireAnswers(unit, trustedNow);
      await storeAnswer(unit, key, answer, this.clock.now());
      return { answer, isRepeated: false };
    });
  }

  private async insert(
    unit: Unit,
    { code, name, value, nominal, effective_date }: NewRate,
    recorded_by: Author,
  ): Promise<RateEntity> {
    const now = this.clock.now();
    const rate: RateEntity = Object.assign(new RateEntity(), {
      cbr_id: null,
      code,
      name,
      value,
      nominal: nominal ?? 1,
      effective_date: effective_date ?? moscowDate(now),
      source: 'manual',
      created_at: now,
      updated_at: now,
      recorded_at: now,
      recorded_by,
      document_id: null,
    });
    await unit.insert(RateEntity, [rate]);
    await this.eventLog.append(unit, [rateChange('rate_created', rate, null)]);
    return rate;
  }

  /**
   * Changes any rate. An official one becomes manual until the bank publishes another value for its date. An edit
   * without a difference changes nothing and creates no event.
   *
   * @param check throws if the rate is not the expected version
   * @throws RateNotFoundError
   */
  update(id: number, edit: RateEdit, author: Author, check: Check = anyRate): Promise<RateEntity> {
    return this.unitOfWork.run(async (unit) => {
      const rate = await rateById(unit, id);
      check(rate);
      const name = edit.name ?? rate.name;
      const value = edit.value ?? rate.value;
      if (name === rate.name && isSameNumber(value, rate.value)) return rate;
      const now = this.clock.now();
      await keepRevision(unit, rate, {
        reason: 'edit',
        superseded_at: now,
        superseded_by: author,
      });
      const edited: RateEntity = {
        ...rate,
        name,
        value,
        source: 'manual',
        updated_at: now,
        recorded_at: now,
        recorded_by: author,
        document_id: null,
      };
      await unit.update(RateEntity, { id }, edited);
      await this.eventLog.append(unit, [rateChange('rate_updated', edited, rate)]);
      return edited;
    });
  }

  /**
   * Deletes any rate. An official one returns only with another value of the bank.
   *
   * @throws RateNotFoundError
   */
  delete(id: number, author: Author, check: Check = anyRate): Promise<void> {
    return this.unitOfWork.run(async (unit) => {
      const rate = await rateById(unit, id);
      check(rate);
      await keepRevision(unit, rate, {
        reason: 'delete',
        superseded_at: this.clock.now(),
        superseded_by: author,
      });
      await unit.delete(RateEntity, { id });
      await this.eventLog.append(unit, [rateChange('rate_deleted', rate, null)]);
    });
  }
}

async function rateById(unit: Unit, id: number): Promise<RateEntity> {
  const rate = await unit.select(RateEntity, 'rate').where({ id }).getOne();
  if (!rate) throw new RateNotFoundError(id);
  return rate;
}
