import { toCalendarDate } from '../common/calendar-date.js';
import { QuarantinedSheetEntity } from '../rates/model/quarantined-sheet.entity.js';
import { heldSheetRemark } from './held-sheet-remark.js';

const FIRST = toCalendarDate('2002-01-01');

function held(state: 'pending' | 'rejected', dates = [FIRST], missing = ['ATS', 'DEM']) {
  const previous_date = toCalendarDate('2001-12-29');
  const fields = { id: 7, kind: 'sheet' as const, effective_date: FIRST, previous_date, state };
  const sheet = Object.assign(new QuarantinedSheetEntity(), fields);
  return {
    kind: 'sheet' as const,
    sheet,
    contents: { dates, currencies: 5, compared: 7, missing },
  };
}

describe('the remark about a held sheet', () => {
  it('names its date, what it lacks and the calls that decide', () => {
    expect(heldSheetRemark(held('pending'))).toBe(
      'the sheet of 2002-01-01 is held: it lacks 2 of the 7 currencies of 2001-12-29 (ATS, DEM); decide with POST /v1/quarantine/7/accept or POST /v1/quarantine/7/reject',
    );
  });

  it('names the first and the last of several dates', () => {
    const dates = [FIRST, toCalendarDate('2002-01-04'), toCalendarDate('2002-01-05')];
    expect(heldSheetRemark(held('pending', dates))).toContain(
      'the sheets of 3 dates from 2002-01-01 to 2002-01-05 are held: they lack 2',
    );
  });

  it('says of a rejected one how to take it after all', () => {
    expect(heldSheetRemark(held('rejected'))).toMatch(
      /^the sheet of 2002-01-01 is kept out.*POST \/v1\/quarantine\/7\/accept records it all the same$/,
    );
  });

  it('names no more than twenty currencies', () => {
    const codes = Array.from({ length: 25 }, (_, index) => `X${index}`);
    expect(heldSheetRemark(held('pending', [FIRST], codes))).toContain('X19 and 5 more)');
  });
});
