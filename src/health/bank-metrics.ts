import { Injectable, Logger } from '@nestjs/common';
import { Gauge, type Metric } from 'prom-client';
import { daysBetween, moscowDate } from '../common/calendar-date.js';
import { Clock } from '../common/clock.js';
import { messageOf } from '../common/message-of.js';
import { FRESHNESS_STATES } from '../rates/sheet-freshness.js';
import { BankStatusService } from './bank-status.service.js';

const NOWHERE = { registers: [] };
const CIRCUIT_STATES = ['closed', 'open', 'half_open'] as const;

/** How it stands with the bank, read whenever somebody asks for the metrics. */
@Injectable()
export class BankMetrics {
  private readonly logger = new Logger(BankMetrics.name);
  private readonly freshness = new Gauge({
    name: 'kurs_sheet_freshness',
    help: 'The state of the newest sheet: 1 for the one that it is in',
    labelNames: ['state'],
    ...NOWHERE,
  });
  private readonly age = new Gauge({
    name: 'kurs_newest_sheet_age_days',
    help: 'Days from the date of the newest sheet to today in Moscow; -1 while it is the one of tomorrow',
    ...NOWHERE,
  });
  private readonly circuit = new Gauge({
    name: 'kurs_bank_circuit',
    help: 'The state of the circuit to the bank: 1 for the one that it is in',
    labelNames: ['state'],
    ...NOWHERE,
  });
  private readonly quarantined = new Gauge({
    name: 'kurs_quarantined_fixings',
    help: 'Fixings that moved too far and wait for a person',
    ...NOWHERE,
  });
  private readonly database = new Gauge({
    name: 'kurs_database_up',
    help: 'Whether the database answers; 0: the figures of the bank above are old',
    ...NOWHERE,
  });

  constructor(
    private readonly bank: BankStatusService,
    private readonly clock: Clock,
  ) {}

  get all(): Metric[] {
    return [this.freshness, this.age, this.circuit, this.quarantined, this.database];
  }

  /** Brings the figures up to date; without a database all but its own stay as they were. */
  async refresh(): Promise<void> {
    try {
      const { newest, freshness, circuit, quarantined } = await this.bank.current();
      for (const state of FRESHNESS_STATES) {
        this.freshness.set({ state }, state === freshness ? 1 : 0);
      }
      for (const state of CIRCUIT_STATES) this.circuit.set({ state }, state === circuit ? 1 : 0);
      this.quarantined.set(quarantined);
      if (newest !== null) this.age.set(daysBetween(newest, moscowDate(this.clock.now())));
      this.database.set(1);
    } catch (thrown) {
      this.logger.warn(`The metrics of the bank are old: ${messageOf(thrown)}`);
      this.database.set(0);
    }
  }
}
