import type { Status } from '../health/status.dto.js';

const MOST_NAMED = 3;

/** What `GET /v1/status` says, for a person: one line for each thing, its name first. */
export function statusStory(url: string, status: Status): string {
  const { version, bank, last_run, nats, database } = status;
  const held =
    bank.quarantined > 0
      ? `${bank.quarantined}, the oldest of ${bank.oldest_quarantined_date}; see /v1/quarantine`
      : 'nothing';
  const lines: [string, string][] = [
    ['service', `Kurs ${version} on ${url}, database ${database}`],
    ['sheet', `${status.newest_effective_date ?? 'none yet'} (${bank.freshness})`],
    [
      'next sheet',
      bank.expected_date
        ? `not before ${bank.expected_date}, late from ${bank.due_at}`
        : 'not known',
    ],
    [
      'last run',
      last_run
        ? `${last_run.finished_at}: ${last_run.message}${last_run.code === null ? '' : ` (${last_run.code})`}`
        : 'none yet',
    ],
    ['last success', status.last_success_at ?? 'none known'],
    ['next run', status.next_run_at ?? 'not planned'],
    ['bank', bankStory(bank)],
    ['held', held],
    ['missing', missingStory(bank.missing_days)],
    ['broker', brokerStory(nats)],
    ['log', `event ${status.seq} of ${status.log_id}`],
  ];
  return lines.map(([name, text]) => `${name.padEnd(14)}${text}`).join('\n');
}

/** What the stream lacks, and the command that helps; undefined where nothing is known to be lacking. */
export function lackStory({ lacking, republish_since }: Status['nats']) {
  if (!lacking || republish_since === null) return undefined;
  const lack = `the stream lacks ${lacking} events that were sent`;
  return {
    lack,
    remedy: `"kurs events:republish --since ${republish_since} --purge" sends them again`,
  };
}

function bankStory({ circuit, retry_at }: Status['bank']): string {
  const parts = [
    ...(circuit === 'closed' ? [] : [`circuit ${circuit}`]),
    ...(retry_at === null ? [] : [`not asked before ${retry_at}`]),
  ];
  return parts.join(', ') || 'polling';
}

/** The newest few: there may be a month of them. */
function missingStory(days: Status['bank']['missing_days']): string {
  if (days.length === 0) return 'nothing';
  const named = days.slice(-MOST_NAMED).map(({ date, code, next_try_at }) => {
    const next = next_try_at === null ? '"kurs backfill" loads it' : `next try ${next_try_at}`;
    return `${date} (${code}), ${next}`;
  });
  const others = days.length - named.length;
  return [...named, ...(others > 0 ? [`and ${others} earlier days`] : [])].join('; ');
}

function brokerStory(nats: Status['nats']): string {
  const { state, jetstream, backlog, oldest_age_seconds } = nats;
  if (state === 'disabled') return 'none is set';
  const kept = jetstream === false ? ', without JetStream' : '';
  const waiting =
    backlog === 0
      ? 'nothing waits'
      : `${backlog} events wait, the oldest for ${Math.round(oldest_age_seconds ?? 0)} s`;
  const story = lackStory(nats);
  const lacking = story ? `; ${story.lack}: ${story.remedy}` : '';
  const denied = nats.denied.map(
    ({ operation, subject }) => `; denied: ${operation} of "${subject}"`,
  );
  return `${state}${kept}; ${waiting}${lacking}${denied.join('')}`;
}
