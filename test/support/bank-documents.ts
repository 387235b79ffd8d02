import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { dictionaryXml, encode1251, seriesXml, sheetXml } from './sheet-builder.js';

/** Documents as the Bank of Russia served them. */
export interface BankDocuments {
  edition: string;
  /** `XML_daily` of a day (yyyy-mm-dd): 2026-04-25, 2016-08-23 or 2016-12-09. */
  sheet: (date: string) => Buffer;
  /** `XML_dynamic` of 1 to 5 March 2026. @throws for an ID that is not among `seriesIds` */
  series: (cbr_id: string) => Buffer;
  seriesIds: readonly string[];
  /** `XML_valFull` of 2025. */
  dictionary: () => Buffer;
}

type Row = Record<string, string>;

/** Rows of a tab-separated table of the bank's figures; the first line has the column names. */
function table(name: string): Row[] {
  const text = readFileSync(resolve('test/bank-figures', `${name}.tsv`), 'utf8');
  const [columns = [], ...rows] = text
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));
  return rows.map((cells) =>
    Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? ''])),
  );
}

function cell(row: Row, column: string): string {
  const text = row[column];
  if (text === undefined) throw new Error(`The table has no column ${column}`);
  return text;
}

function unitRate(row: Row): { unitRate?: string } {
  const text = cell(row, 'unit_rate');
  return text === '' ? {} : { unitRate: text };
}

function builtSheet(date: string): Buffer {
  const valutes = table(`sheet-${date}`).map((row) => ({
    ...{ id: cell(row, 'id'), num: cell(row, 'num'), code: cell(row, 'code') },
    ...{ nominal: cell(row, 'nominal'), name: cell(row, 'name'), value: cell(row, 'value') },
    ...unitRate(row),
  }));
  return encode1251(sheetXml(date.split('-').reverse().join('.'), valutes));
}

const MARCH = table('series-2026-03');

function builtSeries(cbr_id: string): Buffer {
  const rows = MARCH.filter((row) => row.id === cbr_id);
  if (rows.length === 0) throw new Error(`There is no series of ${cbr_id}`);
  const points = rows.map((row) => ({
    ...{ date: cell(row, 'date'), value: cell(row, 'value') },
    ...{ nominal: Number(cell(row, 'nominal')), ...unitRate(row) },
  }));
  return encode1251(seriesXml(cbr_id, '2026-03-01', '2026-03-05', points));
}

function builtDictionary(): Buffer {
  const items = table('dictionary-2025').map((row) => ({
    ...{ id: cell(row, 'id'), parent: cell(row, 'parent'), nominal: cell(row, 'nominal') },
    ...{ num: cell(row, 'num'), code: cell(row, 'code') },
    ...{ name: cell(row, 'name'), nameEn: cell(row, 'name_en') },
  }));
  return encode1251(dictionaryXml(items));
}

const built: BankDocuments = {
  edition: 'built from its figures',
  sheet: builtSheet,
  series: builtSeries,
  seriesIds: [...new Set(MARCH.map((row) => cell(row, 'id')))],
  dictionary: builtDictionary,
};

const RECORDED = resolve('../shared/cbr-data');
const SHEETS: Record<string, string> = { '2026-04-25': '2026-04-26/XML_daily.xml' };

function recorded(): BankDocuments {
  const folder = join(RECORDED, '2026-04-26');
  const nameOf = (cbr_id: string) => `XML_dynamic_${cbr_id}_2026-03-01_2026-03-05.xml`;
  return {
    edition: 'recorded',
    sheet: (date) => readFileSync(join(RECORDED, SHEETS[date] ?? `2016/XML_daily_${date}.xml`)),
    series: (cbr_id) => readFileSync(join(folder, nameOf(cbr_id))),
    seriesIds: readdirSync(folder).flatMap((name) => /^XML_dynamic_(\w+?)_/.exec(name)?.[1] ?? []),
    dictionary: () => readFileSync(join(RECORDED, 'dictionary/XML_valFull_2025.xml')),
  };
}

/** Documents built from tables and, if the checkout has them, the recorded ones. */
export const bankDocuments: readonly BankDocuments[] = existsSync(RECORDED)
  ? [built, recorded()]
  : [built];
