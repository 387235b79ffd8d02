import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { BankClock } from '../cbr/bank-clock.js';
import { CbrClient } from '../cbr/cbr.client.js';
import { CbrModule } from '../cbr/cbr.module.js';
import type { Clock } from '../common/clock.js';
import { CommonModule } from '../common/common.module.js';
import { KursError } from '../common/kurs.error.js';
import { messageOf } from '../common/message-of.js';
import { ConfigModule } from '../config/config.module.js';
import type { Settings } from '../config/settings.js';
import type { Finding } from './finding.js';

/** By so much clocks may differ, in seconds: sheets are judged by the day and the hour. */
const TOLERANCE_SECONDS = 30;

/** The client of the bank, without a database. */
@Module({})
class BankRoom {}

/** Whether the bank answers with a sheet that can be read, and what time it has. */
export async function* bankFindings(settings: Settings, clock: Clock): AsyncGenerator<Finding> {
  const imports = [CommonModule.register(clock), ConfigModule.register(settings), CbrModule];
  const context = await NestFactory.createApplicationContext(
    { module: BankRoom, imports },
    { logger: false, abortOnError: false },
  );
  const stop = new AbortController().signal;
  try {
    yield await sheetFinding(context.get(CbrClient, { strict: false }), settings, stop);
    const asked = clock.now().getTime();
    const bankClock = context.get(BankClock, { strict: false });
    const theirs = await bankClock.now(stop).catch(() => undefined);
    if (theirs) {
      const answered = clock.now().getTime();
      // The header has whole seconds; ours is taken half-way between question and answer.
      yield clockFinding('the bank', theirs, new Date((asked + answered) / 2));
    } else {
      yield { subject: 'clock', state: 'note', text: 'nobody told the time to compare with' };
    }
  } finally {
    await context.close();
  }
}

async function sheetFinding(
  cbr: CbrClient,
  { CBR_BASE_URL }: Settings,
  stop: AbortSignal,
): Promise<Finding> {
  const subject = 'bank';
  try {
    const { effective_date, fixings } = await cbr.dailySheet(undefined, { stop, isForced: true });
    const text = `${CBR_BASE_URL} answers; its newest sheet is of ${effective_date}, ${fixings.length} currencies`;
    return { subject, state: 'ok', text };
  } catch (thrown) {
    const code = thrown instanceof KursError ? ` (${thrown.code})` : '';
    const advice =
      'look at CBR_BASE_URL, HTTPS_PROXY, NODE_EXTRA_CA_CERTS and CBR_USER_AGENT; stored rates are served on';
    return { subject, state: 'bad', text: `${CBR_BASE_URL}: ${messageOf(thrown)}${code}`, advice };
  }
}

/** How far this machine's clock is from another. */
export function clockFinding(whose: string, theirs: Date, ours: Date): Finding {
  const seconds = Math.round((ours.getTime() - theirs.getTime()) / 1_000);
  const subject = 'clock';
  if (Math.abs(seconds) <= TOLERANCE_SECONDS) {
    return { subject, state: 'ok', text: `agrees with that of ${whose}` };
  }
  return {
    ...{ subject, state: 'bad' },
    text: `is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} that of ${whose}`,
    advice: 'let the system keep the time, for instance by "timedatectl set-ntp true"',
  };
}
