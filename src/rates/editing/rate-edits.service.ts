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
  keepAnswer,
  type KeptAnswer,
  keptAnswer,
} from './idempotency-keys.js';
import { keepRevision, rateChange, RateEntity, RateNotFoundError } from '../model/index.js';

/** A rate that a person creates; nominal 1 and today in Moscow unless said otherwise. */
export interface NewRate {
  code: string;
  name: string;
  value: DecimalText;
  nominal?: number | undefined;
  effective_date?: CalendarDate | undefined;
}

/** What a person may change of a rate. */
export interface RateEdit {
  name?: string | undefined;
  value?: DecimalText | undefined;
}

/** Who does it: the name of an API key, or null where none was needed. */
type Author = string | null;

/** Looks at a rate before it is changed. */
type Check = (rate: RateEntity) => void;
const anyRate: Check = () => undefined;

/** What people do by hand: every rate they touch is labelled `manual`, every version they replace is kept. */
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
   * Creates once, however often the request is repeated: the answer to the first is kept with its key
   * in the same transaction, and given again.
   *
   * @param answerTo writes the answer about the rate that was created
   * @throws KeyReusedError when the key came with another request
   */
  async createOnce(
    wanted: NewRate,
    author: Author,
    key: IdempotencyKey,
    answerTo: (rate: RateEntity) => string,
  ): Promise<KeptAnswer> {
    const trustedNow = await this.trustedClock.now();
    return this.unitOfWork.run(async (unit) => {
      const kept = await keptAnswer(unit, key);
      if (kept !== undefined) return { answer: kept, isRepeated: true };
      const answer = answerTo(await this.insert(unit, wanted, author));
      await expireAnswers(unit, trustedNow);
      await keepAnswer(unit, key, answer, this.clock.now());
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
   * Changes any rate. An official one becomes manual, and stays so until the bank publishes another
   * figure for its date. An edit that says what is so already changes nothing and sends no event.
   *
   * @param check throws when the rate is not the one that the caller means
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
   * Deletes any rate; an official one comes back only with another figure of the bank.
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
