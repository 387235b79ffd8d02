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

/** In seconds. Sheets are due at an hour of a day, so a small difference does no harm. */
const TOLERANCE_SECONDS = 30;

/** The bank's client without a database. */
@Module({})
class BankCheckModule {}

/** Whether the bank returns a valid sheet, and how its clock differs. */
export async function* checkBank(settings: Settings, clock: Clock): AsyncGenerator<Finding> {
  const imports = [CommonModule.register(clock), ConfigModule.register(settings), CbrModule];
  const context = await NestFactory.createApplicationContext(
    { module: BankCheckModule, imports },
    { logger: false, abortOnError: false },
  );
  const stop = new AbortController().signal;
  try {
    yield await sheetFinding(context.get(CbrClient, { strict: false }), settings, stop);
    const requestedAt = clock.now().getTime();
    const bankClock = context.get(BankClock, { strict: false });
    const theirs = await bankClock.now(stop).catch(() => undefined);
    if (theirs) {
      const answeredAt = clock.now().getTime();
      // The header has whole seconds; it is compared with the middle of the request.
      yield clockFinding('the bank', theirs, new Date((requestedAt + answeredAt) / 2));
    } else {
      yield { subject: 'clock', state: 'note', text: 'no time source to compare with' };
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
    const text = `${CBR_BASE_URL} answers; newest sheet ${effective_date}, ${fixings.length} currencies`;
    return { subject, state: 'ok', text };
  } catch (thrown) {
    const code = thrown instanceof KursError ? ` (${thrown.code})` : '';
    const advice =
      'check CBR_BASE_URL, HTTPS_PROXY, NODE_EXTRA_CA_CERTS and CBR_USER_AGENT; stored rates stay available';
    return { subject, state: 'bad', text: `${CBR_BASE_URL}: ${messageOf(thrown)}${code}`, advice };
  }
}

/** Compares this machine's clock with another. */
export function clockFinding(whose: string, theirs: Date, ours: Date): Finding {
  const seconds = Math.round((ours.getTime() - theirs.getTime()) / 1_000);
  const subject = 'clock';
  if (Math.abs(seconds) <= TOLERANCE_SECONDS) {
    return { subject, state: 'ok', text: `agrees with ${whose}` };
  }
  return {
    ...{ subject, state: 'bad' },
    text: `is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} ${whose}`,
    advice: 'synchronize the system clock, for example with "timedatectl set-ntp true"',
  };
}
