import { Injectable } from '@nestjs/common';
import { Gauge, type Metric } from 'prom-client';
import { BankCircuit, CIRCUIT_STATES } from '../cbr/bank-circuit.js';
import { daysBetween, moscowDate, startOfMoscowDay } from '../common/calendar-date.js';
import { Clock } from '../common/clock.js';
import { FRESHNESS_STATES } from '../rates/model/index.js';
import { FetchRuns } from '../tasks/fetch-runs.js';
import { BankStatusService } from './bank-status.service.js';

const NOWHERE = { registers: [] };

/** Metrics of the bank, collected on scrape. */
@Injectable()
export class BankMetrics {
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
    help: 'Fixings, and sheets as a whole, that are held and wait for a person',
    ...NOWHERE,
  });
  private readonly missing = new Gauge({
    name: 'kurs_missing_days',
    help: 'Days whose sheet could not be had',
    ...NOWHERE,
  });
  private readonly newest = new Gauge({
    name: 'kurs_newest_sheet_timestamp_seconds',
    help: 'When the day that the newest sheet is for begins, in Moscow; 0: there is no sheet',
    ...NOWHERE,
  });
  private readonly success = new Gauge({
    name: 'kurs_last_success_timestamp_seconds',
    help: 'When any instance has last fetched the newest sheet with success; 0: never',
    ...NOWHERE,
  });
  private readonly nextRun = new Gauge({
    name: 'kurs_next_run_timestamp_seconds',
    help: 'When the bank is to be asked next; 0: not known',
    ...NOWHERE,
  });

  constructor(
    private readonly bank: BankStatusService,
    private readonly runs: FetchRuns,
    private readonly bankCircuit: BankCircuit,
    private readonly clock: Clock,
  ) {}

  get all(): Metric[] {
    const sheets = [this.freshness, this.age, this.newest, this.success, this.nextRun];
    return [...sheets, this.circuit, this.quarantined, this.missing];
  }

  /** @throws database errors, after the circuit's state was set */
  async refresh(): Promise<void> {
    for (const state of CIRCUIT_STATES) {
      this.circuit.set({ state }, state === this.bankCircuit.state ? 1 : 0);
    }
    const { newest, freshness, quarantined, missing_days } = await this.bank.current();
    for (const state of FRESHNESS_STATES) {
      this.freshness.set({ state }, state === freshness ? 1 : 0);
    }
    this.quarantined.set(quarantined);
    this.missing.set(missing_days.length);
    if (newest !== null) {
      this.age.set(daysBetween(newest, moscowDate(this.clock.now())));
      this.newest.set(secondsOf(startOfMoscowDay(newest)));
    }
    const { lastSuccessAt, nextRunAt } = await this.runs.state();
    this.success.set(secondsOf(lastSuccessAt));
    this.nextRun.set(secondsOf(nextRunAt));
  }
}

/** Unix time in seconds, as Prometheus has it. */
function secondsOf(instant: Date | undefined): number {
  return (instant?.getTime() ?? 0) / 1_000;
}
