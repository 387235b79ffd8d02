import { Client } from 'pg';
import { RateEditsService } from '../../src/rates/editing/rate-edits.service.js';
import { eventually } from '../support/eventually.js';
import { StreamClient } from '../support/stream-client.js';
import { withKurs } from '../support/with-kurs.js';

const EVERYTHING_BUT_INTERVALS = [
  ...(['Date', 'hrtime', 'nextTick', 'performance', 'queueMicrotask'] as const),
  ...(['setImmediate', 'clearImmediate', 'setTimeout', 'clearTimeout'] as const),
];

describe('a client of the stream, while the event log is locked on PostgreSQL', () => {
  const fixture = withKurs({
    engine: 'PostgreSQL',
    starts: false,
    settings: { CBR_BASE_URL: 'http://127.0.0.1:9' },
  });
  const { kurs } = fixture;

  it('gets no position before its stream has begun, however long that takes', async () => {
    jest.useFakeTimers({ doNotFake: EVERYTHING_BUT_INTERVALS });
    await fixture.start();
    await kurs.get(RateEditsService).create({ code: 'AAA', name: 'AAA', value: '1.5' }, null);
    const holder = new Client(fixture.database.url);
    await holder.connect();
    await holder.query('BEGIN');
    await holder.query('LOCK TABLE store IN ACCESS EXCLUSIVE MODE');
    const stream = await StreamClient.connect(kurs.url, {}, '?since=0');
    for (let second = 1; second <= 25; second++) jest.advanceTimersByTime(1_000);
    await eventually('the heartbeat', () => stream.comments > 0);
    expect(stream.ids).toEqual([]);
    await holder.query('ROLLBACK');
    await holder.end();
    expect(await stream.received(1)).toHaveLength(1);
    await stream.close();
  });
});
