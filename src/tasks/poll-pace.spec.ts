import { toCalendarDate as day } from '../common/calendar-date.js';
import { nextPoll } from './poll-pace.js';

const moscow = (text: string) => new Date(`${text}+03:00`);
const PACES = { CBR_POLL_SECONDS: 600, CBR_WATCH_SECONDS: 60 };

describe('the bank is asked', () => {
  it.each([
    [
      'every minute on a Monday afternoon without the sheet of Tuesday',
      '2026-04-25',
      '2026-04-27T15:30:00',
      '2026-04-27T15:31:00',
    ],
    [
      'every minute to the last of the hours',
      '2026-04-25',
      '2026-04-27T18:59:30',
      '2026-04-27T19:00:30',
    ],
    ['every ten minutes after them', '2026-04-25', '2026-04-27T19:00:00', '2026-04-27T19:10:00'],
    [
      'every ten minutes once the sheet is in',
      '2026-04-28',
      '2026-04-27T15:40:00',
      '2026-04-27T15:50:00',
    ],
    [
      'every ten minutes in the morning',
      '2026-04-25',
      '2026-04-27T09:00:00',
      '2026-04-27T09:10:00',
    ],
    ['at three, not at five past', '2026-04-25', '2026-04-27T14:55:00', '2026-04-27T15:00:00'],
    [
      'every ten minutes on a Saturday afternoon',
      '2026-04-25',
      '2026-04-25T15:30:00',
      '2026-04-25T15:40:00',
    ],
    ['every ten minutes on a holiday', '2026-11-04', '2026-11-04T15:30:00', '2026-11-04T15:40:00'],
    [
      'every minute when earlier sheets are missing too',
      '2026-04-01',
      '2026-04-27T15:30:00',
      '2026-04-27T15:31:00',
    ],
    ['every minute by an empty database', null, '2026-04-27T15:30:00', '2026-04-27T15:31:00'],
  ])('%s', (_, newest, began, expected) => {
    const date = newest === null ? null : day(newest);
    expect(nextPoll(moscow(began), date, PACES)).toEqual(moscow(expected));
  });

  it('on the next day to watch, however slow the pace', () => {
    const slow = { CBR_POLL_SECONDS: 86_400, CBR_WATCH_SECONDS: 60 };
    const evening = moscow('2026-04-24T19:30:00');
    expect(nextPoll(evening, day('2026-04-25'), slow)).toEqual(moscow('2026-04-25T19:30:00'));
    const sunday = moscow('2026-04-26T19:30:00');
    expect(nextPoll(sunday, day('2026-04-25'), slow)).toEqual(moscow('2026-04-27T15:00:00'));
  });

  it('never less often because of the watch', () => {
    const quick = { CBR_POLL_SECONDS: 30, CBR_WATCH_SECONDS: 60 };
    const began = moscow('2026-04-27T15:30:00');
    expect(nextPoll(began, day('2026-04-25'), quick)).toEqual(moscow('2026-04-27T15:30:30'));
    const never = { CBR_POLL_SECONDS: 86_400, CBR_WATCH_SECONDS: 86_400 };
    expect(nextPoll(began, day('2026-04-25'), never)).toEqual(moscow('2026-04-28T15:30:00'));
  });
});
