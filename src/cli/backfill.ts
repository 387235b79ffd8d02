import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { messageOf } from '../common/message-of.js';
import { BadSettingsError } from '../config/config.errors.js';
import { settingsFromProcess } from '../config/environment.js';
import { KursLogger } from '../config/kurs.logger.js';
import { Backfill } from '../tasks/backfill.js';
import type { BackfillReport } from '../tasks/backfill-report.js';
import type { BackfillRequest } from '../tasks/backfill-plan.js';
import { FetchRun, type FetchTotals } from '../tasks/fetch-run.js';
import { BACKFILL_USAGE, backfillArguments, UsageError } from './backfill-arguments.js';
import { CommandModule } from './command.module.js';
import { Progress } from './progress.js';

const EXIT_MISSING = 1;
/** sysexits.h: the command was used incorrectly; something is misconfigured. */
const EX_USAGE = 64;
const EX_CONFIG = 78;

process.exitCode = await main(process.argv.slice(2));

async function main(words: string[]): Promise<number> {
  try {
    const request = backfillArguments(words);
    if (!request) {
      say(BACKFILL_USAGE);
      return 0;
    }
    return await backfill(request);
  } catch (thrown) {
    const isUsage = thrown instanceof UsageError;
    process.stderr.write(`${messageOf(thrown)}\n${isUsage ? `\n${BACKFILL_USAGE}\n` : ''}`);
    if (isUsage) return EX_USAGE;
    return thrown instanceof BadSettingsError ? EX_CONFIG : EXIT_MISSING;
  }
}

async function backfill(request: BackfillRequest): Promise<number> {
  const settings = settingsFromProcess();
  const context = await NestFactory.createApplicationContext(CommandModule.register(settings), {
    logger: new KursLogger(settings),
    abortOnError: false,
  });
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort());
  const progress = new Progress(process.stdout);
  try {
    const totals: FetchTotals = { saved: 0, unchanged: 0, effective_date: null };
    const newest = await context.get(FetchRun, { strict: false }).run(totals, stop.signal);
    say(`The newest sheet is of ${newest.effective_date}; ${totals.saved} of its rates were new`);
    const run = context.get(Backfill, { strict: false });
    const show = progress.show.bind(progress);
    const report = await run.run(request, newest, show, stop.signal);
    progress.end();
    return tell(report);
  } finally {
    progress.end();
    await context.close();
  }
}

function tell({ range, missing, differences, ...totals }: BackfillReport): number {
  const { added, corrected, unchanged } = totals;
  say(
    `${range.from} to ${range.to}: ${added} fixings added, ${corrected} corrected, ${unchanged} known already`,
  );
  for (const difference of differences) say(`The bank contradicts itself: ${difference}`);
  for (const { code, cbr_id, reason } of missing) {
    process.stderr.write(`Missing: ${code} (${cbr_id}): ${reason}\n`);
  }
  return missing.length > 0 ? EXIT_MISSING : 0;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
