import type { EventLogEntity } from '../events/event-log.entity.js';
import { RecentEvents } from './recent-events.js';

const PAYLOAD = '{"event":"rate_updated","name":"Доллар США"}';
const event = (seq: number) => ({ seq, code: 'USD', payload: PAYLOAD }) as EventLogEntity;

describe('recent events', () => {
  it('hold memory of their own bytes alone, however they came', async () => {
    const log = { after: (after: number) => Promise.resolve([event(after + 1)]) };
    const recent = new RecentEvents(log as never);
    recent.begin(1);
    recent.append([event(2), event(3)]);
    await recent.reachBack(0);
    const all = recent.after(0, 1_000_000) ?? [];
    expect(all.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    for (const { json } of all) {
      expect(json.toString()).toBe(PAYLOAD);
      expect(json.buffer.byteLength).toBe(json.length);
    }
  });
});
