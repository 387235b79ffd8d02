import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { ReadRepository } from '../database/read-repository.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { Checkpoint } from '../rates/storage/index.js';
import type { FetchReport } from './fetch-report.js';
import { FETCH_STATE_ROW, FetchStateEntity } from './fetch-state.entity.js';
import { LateRunError } from './tasks.errors.js';

/** State of the runs of all instances, kept over restarts. */
export interface FetchState {
  lastRun: FetchReport | undefined;
  lastSuccessAt: Date | undefined;
  nextRunAt: Date | undefined;
}

/** Numbers the runs of all instances, stores the last report, and rejects recordings of overtaken runs. */
@Injectable()
export class FetchLedger {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @InjectRepository(FetchStateEntity) private readonly states: ReadRepository<FetchStateEntity>,
  ) {}

  /**
   * Takes the next run number. The returned checkpoint must run in every unit that records a sheet: if a later run
   * has recorded in the meantime, this run's document may be outdated.
   */
  async begin(): Promise<Checkpoint> {
    const run = await this.unitOfWork.runWithoutVersionBump(async (unit) => {
      const row = await unit.select(FetchStateEntity, 'state').where(ROW).getOneOrFail();
      await unit.updateWithoutVersionBump(FetchStateEntity, ROW, {
        newest_run: row.newest_run + 1,
      });
      return row.newest_run + 1;
    });
    return async (unit) => {
      const row = await unit.select(FetchStateEntity, 'state').where(ROW).getOneOrFail();
      if (row.recorded_run > run) throw new LateRunError();
      await unit.updateWithoutVersionBump(FetchStateEntity, ROW, { recorded_run: run });
    };
  }

  async keepReport(report: FetchReport): Promise<void> {
    const success = report.result === 'success' && { last_success_at: report.finished_at };
    await this.keep({ report: JSON.stringify(report), ...success });
  }

  async planNext(next_run_at: Date | null): Promise<void> {
    await this.keep({ next_run_at });
  }

  async fetchState(): Promise<FetchState> {
    const row = await this.states.findOneByOrFail(ROW);
    return {
      lastRun: row.report === null ? undefined : reportFrom(row.report),
      lastSuccessAt: row.last_success_at ?? undefined,
      nextRunAt: row.next_run_at ?? undefined,
    };
  }

  private async keep(changes: Partial<FetchStateEntity>): Promise<void> {
    await this.unitOfWork.runWithoutVersionBump((unit) =>
      unit.updateWithoutVersionBump(FetchStateEntity, ROW, changes),
    );
  }
}

const ROW = { id: FETCH_STATE_ROW };

/** Fields whose JSON form differs from FetchReport. */
interface Kept {
  started_at: string;
  finished_at: string;
  quarantined?: number;
}

function reportFrom(text: string): FetchReport {
  const report = JSON.parse(text) as Omit<FetchReport, keyof Kept> & Kept;
  const { started_at, finished_at } = report;
  return {
    ...report,
    // Absent in reports of earlier versions.
    quarantined: report.quarantined ?? 0,
    started_at: new Date(started_at),
    finished_at: new Date(finished_at),
  };
}
