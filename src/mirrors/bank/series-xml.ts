import type { CalendarDate } from '../../common/calendar-date.js';
import type { DateRange } from '../../common/date-range.js';
import type { RowText } from '../../http/answers/index.js';
import type { StoredVersion } from '../../rates/model/index.js';
import {
  bankDecimal,
  bankUnitRate,
  dottedDate,
  windows1251,
  xmlText,
  XML_TYPE,
} from '../answers/index.js';

/** Until the redenomination the series group thousands, by a no-break space. Sheets never did. */
const GROUPED_BEFORE = '1998-01-01' as CalendarDate;
const GROUP = 3;

/** `XML_dynamic` of a range: the ID and the days as they were asked. */
export function seriesXml(id: string, { from, to }: DateRange): RowText<StoredVersion> {
  const head =
    '<?xml version="1.0" encoding="windows-1251"?>' +
    `<ValCurs ID="${xmlText(id)}" DateRange1="${dottedDate(from)}" DateRange2="${dottedDate(to)}" ` +
    'name="Foreign Currency Market Dynamic">';
  return {
    type: XML_TYPE,
    encoding: 'latin1',
    open: windows1251(head).toString('latin1'),
    row: recordXml,
    close: '</ValCurs>',
  };
}

function recordXml({ cbr_id, effective_date, nominal, value }: StoredVersion): string {
  return (
    `<Record Date="${dottedDate(effective_date)}" Id="${cbr_id ?? ''}"><Nominal>${nominal}</Nominal>` +
    `<Value>${printed(value, effective_date)}</Value>` +
    `<VunitRate>${bankUnitRate({ nominal, value })}</VunitRate></Record>`
  );
}

function printed(value: string, date: CalendarDate): string {
  const text = bankDecimal(value).replace('.', ',');
  if (date >= GROUPED_BEFORE) return text;
  const groups: string[] = [];
  const point = text.indexOf(',');
  for (let end = point; end > 0; end -= GROUP) {
    groups.unshift(text.slice(Math.max(0, end - GROUP), end));
  }
  return groups.join('\u00a0') + text.slice(point);
}
