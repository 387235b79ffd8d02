import {
  type CalendarDate,
  isCalendarDate,
  LAST_DAY,
  moscowDate,
} from '../../common/calendar-date.js';
import { FIRST_SHEET_DATE } from '../../rates/model/index.js';
import type { SoapRequest } from './soap-request.js';
import { SoapFaultError } from './soap.errors.js';

/** `xs:dateTime`; also without a time, as clients write it. */
const DATE_TIME = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d(?:\.\d{1,9})?))?(Z|[+-]\d\d:\d\d)?$/;

/** Parameters of a call, as an operation reads them. */
export class SoapParameters {
  constructor(private readonly request: SoapRequest) {}

  /** Text without blanks around it; empty if it is absent. */
  text(name: string): string {
    return this.request.parameters.get(name)?.trim() ?? '';
  }

  /**
   * The day of a time: that in Moscow if it has a zone, as on the bank's server; else the one that it names.
   *
   * @throws SoapFaultError if it is absent or no time
   */
  day(name: string): CalendarDate {
    const day = dayOf(this.text(name));
    if (day !== undefined) return day;
    const reason = `There is an error in XML document. ---> ${name} is not a valid dateTime.`;
    throw SoapFaultError.unreadable(this.request.version, reason);
  }
}

function dayOf(text: string): CalendarDate | undefined {
  const [, date, time = '00:00:00', zone] = DATE_TIME.exec(text) ?? [];
  if (!isCalendarDate(date)) return undefined;
  const instant = new Date(`${date}T${time}${zone ?? 'Z'}`);
  if (Number.isNaN(instant.getTime())) return undefined;
  // Days at the ends of the calendar would leave it; rates have no such days.
  const isShifted = zone !== undefined && date > FIRST_SHEET_DATE && date < LAST_DAY;
  return isShifted ? moscowDate(instant) : date;
}
