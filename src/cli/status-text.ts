import { commandLine } from '../config/command-line.js';
import type { Status } from '../health/status.dto.js';

/** How many missing days to list; there may be a month of them. */
const MAX_LISTED_DAYS = 3;

/** The answer of `GET /v1/status` for people: one line per subject. */
export function statusText(url: string, status: Status): string {
  const { version, bank, last_run, nats, database } = status;
  const run = last_run?.code == null ? last_run?.message : `${last_run.message} (${last_run.code})`;
  const lines: [string, string][] = [
    ['service', `Kurs ${version} on ${url}, database ${database}`],
    ['sheet', `${status.newest_effective_date ?? 'none yet'} (${bank.freshness})`],
    [
      'next sheet',
      bank.expected_date ? `${bank.expected_date} or later, due by ${bank.due_at}` : 'unknown',
    ],
    ['last run', last_run ? `${last_run.finished_at}: ${run}` : 'none yet'],
    ['last success', status.last_success_at ?? 'none yet'],
    ['next run', status.next_run_at ?? 'not scheduled'],
    ['bank', bankText(bank)],
    ['quarantine', quarantineText(bank)],
    ['missing days', missingText(bank.missing_days)],
    ['broker', brokerText(nats)],
    ['event log', `seq ${status.seq}, log_id ${status.log_id}`],
  ];
  return lines.map(([name, text]) => `${name.padEnd(14)}${text}`).join('\n');
}

/** Published events that the stream no longer has, and what to do; undefined if none is known to be missing. */
export function missingEvents({ lacking, republish_since }: Status['nats']) {
  if (!lacking || republish_since === null) return undefined;
  return {
    text: `the stream lacks ${lacking} events that were published`,
    advice: `"${commandLine(`events:republish --since ${republish_since} --purge`)}" publishes them again`,
  };
}

function bankText({ circuit, retry_at }: Status['bank']): string {
  const parts = [
    ...(circuit === 'closed' ? [] : [`circuit ${circuit}`]),
    ...(retry_at === null ? [] : [`next request not before ${retry_at}`]),
  ];
  return parts.join(', ') || 'polling';
}

function quarantineText({ quarantined, oldest_quarantined_date }: Status['bank']): string {
  if (quarantined === 0) return 'empty';
  return `${quarantined} pending, the oldest of ${oldest_quarantined_date}; see /v1/quarantine`;
}

function missingText(days: Status['bank']['missing_days']): string {
  if (days.length === 0) return 'none';
  const listed = days.slice(-MAX_LISTED_DAYS).map(({ date, code, next_try_at }) => {
    const next =
      next_try_at === null ? `"${commandLine('backfill')}" loads it` : `next try ${next_try_at}`;
    return `${date} (${code}), ${next}`;
  });
  const others = days.length - listed.length;
  return [...listed, ...(others > 0 ? [`and ${others} earlier days`] : [])].join('; ');
}

function brokerText(nats: Status['nats']): string {
  const { state, jetstream, backlog, oldest_age_seconds } = nats;
  if (state === 'disabled') return 'not configured';
  const missing = missingEvents(nats);
  const age = Math.round(oldest_age_seconds ?? 0);
  return [
    jetstream === false ? `${state}, without JetStream` : state,
    backlog === 0 ? 'no backlog' : `backlog ${backlog} events, the oldest ${age} s old`,
    ...(missing ? [`${missing.text}: ${missing.advice}`] : []),
    ...nats.denied.map(({ operation, subject }) => `denied: ${operation} of "${subject}"`),
  ].join('; ');
}
