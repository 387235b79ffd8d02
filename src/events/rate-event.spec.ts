import { toCalendarDate as day } from '../common/calendar-date.js';
import { encodeRateEvent, type RateChange } from './rate-event.js';

const EVENT_ID = '4f1d0a52-5f5e-4a68-9df2-1a3d1f0f5c11';
const CHANGE: RateChange = {
  event: 'rate_updated',
  id: 149,
  code: 'USD',
  name: 'Доллар "США"',
  value: '78.5850',
  created_at: new Date('2025-12-23T15:05:44.987Z'),
  nominal: 1,
  effective_date: day('2025-12-24'),
  previous_value: '80.7220',
  previous_nominal: 1,
  source: 'cbr',
};

describe('the text of an event', () => {
  it('has the members of the contract, in its order, and numbers from their digits', () => {
    expect(encodeRateEvent(CHANGE, 311, EVENT_ID)).toBe(
      '{"event":"rate_updated","id":149,"code":"USD","name":"Доллар \\"США\\"","value":78.585,' +
        '"created_at":"2025-12-23T15:05:44.987Z","nominal":1,"effective_date":"2025-12-24",' +
        '"previous_value":80.722,"previous_nominal":1,"source":"cbr","seq":311,' +
        `"event_id":"${EVENT_ID}"}`,
    );
  });

  it('says null of what was not there before', () => {
    const created: RateChange = {
      ...CHANGE,
      event: 'rate_created',
      previous_value: null,
      previous_nominal: null,
    };
    expect(JSON.parse(encodeRateEvent(created, 1, EVENT_ID))).toMatchObject({
      ...{ event: 'rate_created', previous_value: null, previous_nominal: null },
    });
  });
});
