import { LogIdentity } from '../../src/events/log-identity.js';
import { databases } from '../support/databases.js';
import { withEventLog } from '../support/with-event-log.js';

const NEVER = '4f1d0a52-5f5e-4a68-9df2-1a3d1f0f5c11';

describe.each(databases)('the event log on $engine', ({ engine }) => {
  const fixture = withEventLog(engine);
  const { clock } = fixture;

  it('is empty at first, and its first event will have seq 1', async () => {
    expect([await fixture.log.newestSeq(), await fixture.log.oldestSeq()]).toEqual([0, 1]);
    expect(await fixture.log.newest()).toBeUndefined();
    expect(await fixture.log.firstWithin(new Date(0), clock.now())).toBeUndefined();
    expect(await fixture.log.lastBefore(clock.now())).toBeUndefined();
  });

  it('numbers changes without gaps, each with an id of its own and a time', async () => {
    await fixture.append('AAA', 'BBB');
    clock.set('2026-01-02T12:00:00Z');
    await fixture.append('CCC');
    await fixture.append();
    const events = await fixture.rows();
    expect(events.map(({ seq, code }) => [seq, code])).toEqual([
      [1, 'AAA'],
      [2, 'BBB'],
      [3, 'CCC'],
    ]);
    expect(new Set(events.map(({ event_id }) => event_id)).size).toBe(3);
    const [first] = events;
    expect(first).toMatchObject({ event: 'rate_created', rate_id: 7 });
    expect(first?.recorded_at).toEqual(new Date('2026-01-01T12:00:00Z'));
    expect(JSON.parse(first?.payload ?? '')).toMatchObject({ seq: 1, event_id: first?.event_id });
    expect([await fixture.log.newestSeq(), await fixture.log.oldestSeq()]).toEqual([3, 1]);
  });

  it('does not increment the version without changes', async () => {
    const before = (await fixture.opened.reader.store()).data_version;
    await fixture.append();
    expect((await fixture.opened.reader.store()).data_version).toBe(before);
  });

  it('is read after a position, with a limit, in order', async () => {
    await fixture.append('AAA', 'BBB', 'CCC', 'DDD');
    expect((await fixture.log.after(1, 2)).map(({ seq }) => seq)).toEqual([2, 3]);
    expect(await fixture.log.after(4, 2)).toEqual([]);
  });

  it('returns what was recorded between two instants, before one, and last', async () => {
    await fixture.append('AAA');
    clock.set('2026-01-02T12:00:00Z');
    await fixture.append('BBB', 'CCC');
    const at = (time: string) => new Date(`2026-01-${time}Z`);
    expect(await fixture.log.firstWithin(at('01T12:00:00'), at('02T12:00:00'))).toBe(1);
    expect(await fixture.log.firstWithin(at('01T12:00:01'), at('02T12:00:00'))).toBe(2);
    expect(await fixture.log.firstWithin(at('01T12:00:01'), at('02T11:59:59'))).toBeUndefined();
    expect(await fixture.log.lastBefore(at('01T12:00:00'))).toBeUndefined();
    expect(await fixture.log.lastBefore(at('01T12:00:01'))).toBe(1);
    expect(await fixture.log.lastBefore(at('03T12:00:00'))).toBe(3);
    expect((await fixture.log.newest())?.code).toBe('CCC');
  });

  it('distinguishes its own events from those of another log', async () => {
    await fixture.append('AAA', 'BBB');
    const [first] = await fixture.rows();
    expect(await fixture.log.holds(1, first?.event_id ?? '')).toBe(true);
    expect(await fixture.log.holds(2, first?.event_id ?? '')).toBe(false);
    expect(await fixture.log.holds(1, NEVER)).toBe(false);
  });

  it('has an id, and gets a new one on request', async () => {
    const identity = new LogIdentity(fixture.opened.reader, fixture.opened.unitOfWork);
    const first = await identity.current();
    const second = await identity.renew();
    expect(second).not.toBe(first);
    expect(await identity.current()).toBe(second);
  });
});
