import type { Status } from '../health/status.dto.js';
import { statusText } from './status-text.js';

const BANK: Status['bank'] = {
  freshness: 'fresh',
  expected_date: '2026-04-28',
  last_answerable_date: '2026-04-27',
  due_at: '2026-04-27T17:00:00.000Z',
  circuit: 'closed',
  retry_at: null,
  quarantined: 0,
  oldest_quarantined_date: null,
  missing_days: [],
};
const NATS: Status['nats'] = {
  state: 'disabled',
  jetstream: null,
  backlog: 0,
  oldest_age_seconds: null,
  lacking: null,
  republish_since: null,
  denied: [],
};
const STATUS: Status = {
  version: '0.1.0',
  log_id: '4f1d0a52-5f5e-4a68-9df2-1a3d1f0f5c11',
  seq: 1,
  data_version: 1,
  newest_effective_date: '2026-04-25',
  bank: BANK,
  last_run: null,
  last_success_at: null,
  next_run_at: null,
  nats: NATS,
  database: 'sqlite',
};

/** the line of the text that begins with `name`. */
const line = (name: string, changes: Partial<Status>) =>
  statusText('http://127.0.0.1:3000', { ...STATUS, ...changes })
    .split('\n')
    .find((each) => each.startsWith(name))
    ?.slice(name.length)
    .trim();

describe('the status for a person', () => {
  const retry_at = '2026-04-25T10:00:00.000Z';

  it.each([
    ['polling', {}],
    ['next request not before 2026-04-25T10:00:00.000Z', { retry_at }],
    [
      'circuit open, next request not before 2026-04-25T10:00:00.000Z',
      { circuit: 'open', retry_at },
    ],
    ['circuit half_open', { circuit: 'half_open' }],
  ] as const)('says of the bank: %s', (text, bank) => {
    expect(line('bank', { bank: { ...BANK, ...bank } })).toBe(text);
  });

  it('names what the broker denies', () => {
    const denied: Status['nats']['denied'] = [
      { operation: 'publish', subject: 'rates.updates', denied_at: retry_at },
    ];
    expect(line('broker', { nats: { ...NATS, state: 'connected', jetstream: true, denied } })).toBe(
      'connected; no backlog; denied: publish of "rates.updates"',
    );
  });
});
