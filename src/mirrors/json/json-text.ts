import { jsonNumber, type Quotation } from '../../common/decimal.js';
import { derived, dividedBy, fraction, fractionOf } from '../../common/rate-arithmetic.js';
import { startOfMoscowDay } from '../../common/calendar-date.js';
import type { StoredVersion } from '../../rates/model/index.js';
import type { OfficialSheet } from '../../rates/reading/index.js';
import { moscowTime, timeOfSheet } from './moscow-time.js';

/** As the service has it: its clients in Spring registered their JSON converter for this type. */
export const SCRIPT_TYPE = 'application/javascript; charset=utf-8';
/** Units of a currency for a rouble; a double keeps all of them. */
const SIGNIFICANT_DIGITS = 15;
const ONE = fraction(1);

/** `daily_json.js`; `before` is the sheet before. */
export function dailyJson(
  { date, fixings, document }: OfficialSheet,
  before: { date: string; fixings: readonly StoredVersion[]; address: string },
): string {
  const previous = new Map(before.fixings.map(({ cbr_id, value }) => [cbr_id, value]));
  const valutes = byCode(fixings).map(([key, fixing]) => {
    const { cbr_id, num_code, code, nominal, name, value } = fixing;
    return [
      `        ${text(key)}: {`,
      `            "ID": ${text(cbr_id ?? '')},`,
      `            "NumCode": ${text(num_code ?? '')},`,
      `            "CharCode": ${text(code)},`,
      `            "Nominal": ${nominal},`,
      `            "Name": ${text(name)},`,
      `            "Value": ${jsonNumber(value)},`,
      `            "Previous": ${jsonNumber(previous.get(cbr_id) ?? value)}`,
      `        }`,
    ].join('\n');
  });
  const receivedAt = document ? moscowTime(new Date(document.fetched_at)) : timeOfSheet(date);
  return [
    `{`,
    `    "Date": ${text(timeOfSheet(date))},`,
    `    "PreviousDate": ${text(before.date)},`,
    `    "PreviousURL": ${text(before.address)},`,
    `    "Timestamp": ${text(receivedAt)},`,
    `    "Valute": ${members(valutes)}`,
    `}`,
  ].join('\n');
}

/** `latest.js`. */
export function latestJson({ date, fixings }: OfficialSheet): string {
  const rates = byCode(fixings).map(
    ([key, fixing]) => `        ${text(key)}: ${perRouble(fixing)}`,
  );
  return [
    `{`,
    `    "disclaimer": "https://www.cbr-xml-daily.ru/#terms",`,
    `    "date": "${date}",`,
    `    "timestamp": ${startOfMoscowDay(date).getTime() / 1_000},`,
    `    "base": "RUB",`,
    `    "rates": ${members(rates)}`,
    `}`,
  ].join('\n');
}

function perRouble(quotation: Quotation): string {
  return jsonNumber(derived(dividedBy(ONE, fractionOf(quotation)), SIGNIFICANT_DIGITS));
}

/** A name is given once: of two currencies with one code the second goes by its ID. */
function byCode(fixings: readonly StoredVersion[]): [string, StoredVersion][] {
  const keys = new Map<string, StoredVersion>();
  for (const fixing of fixings) {
    keys.set(keys.has(fixing.code) ? (fixing.cbr_id ?? '') : fixing.code, fixing);
  }
  return [...keys];
}

function members(lines: readonly string[]): string {
  return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n    }`;
}

/** Slashes are escaped, as PHP does. */
function text(value: string): string {
  return JSON.stringify(value).replaceAll('/', '\\/');
}
