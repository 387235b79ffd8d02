import type { Cell, SheetData } from 'write-excel-file/node';
import type { CalendarDate } from '../../common/calendar-date.js';
import type { RateRecord } from '../reading/index.js';

export const WORKBOOK_LANGUAGES = ['ru', 'en'] as const;
export type WorkbookLanguage = (typeof WORKBOOK_LANGUAGES)[number];

/** The columns of the bank's table, and since when a rate is in force. */
const HEADS = {
  ru: ['Цифр. код', 'Букв. код', 'Единиц', 'Валюта', 'Курс', 'Действует с'],
  en: ['No.', 'Code', 'Units', 'Currency', 'Rate', 'In force since'],
};
const WIDTHS = [11, 11, 11, 36, 16, 16];
/** The rates of a day as a workbook of Excel: each figure is a number, with the decimals that were published. */
export async function dayWorkbook(
  rates: readonly RateRecord[],
  { date, language }: { date: CalendarDate; language: WorkbookLanguage },
): Promise<Buffer> {
  // It takes longer to load than to run, and most instances never do.
  const { default: write } = await import('write-excel-file/node');
  const heads = HEADS[language].map((value) => ({ value, fontWeight: 'bold' }) as const);
  const rows = rates.map((rate): Cell[] => [
    rate.num_code,
    rate.code,
    rate.nominal === null ? null : { value: rate.nominal, format: '#,##0' },
    (language === 'en' ? rate.name_en : null) ?? rate.name,
    figure(rate.value ?? rate.rate),
    { value: new Date(rate.effective_date), type: Date, format: 'dd.mm.yyyy' },
  ]);
  const data: SheetData = [heads, ...rows];
  const columns = WIDTHS.map((width) => ({ width }));
  return write(data, { columns, sheet: date, stickyRowsCount: 1 }).toBuffer();
}

/** A double keeps 15 digits, and no stored figure has more. */
function figure(text: string): Cell {
  const [, places = ''] = text.split('.');
  const decimals = places === '' ? '' : `.${'0'.repeat(places.length)}`;
  return { value: Number(text), format: `#,##0${decimals}` };
}
