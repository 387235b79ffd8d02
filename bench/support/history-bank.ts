// Plays the bank with a history: a series of each currency, and a sheet of every day, with the same prices.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tellParent } from './parent.js';
import { sheetText } from './sheets.js';

/** What the parent is told. */
export interface HistoryBank {
  url: string;
}

const CURRENCIES = 54;
const DAYS = Number(process.argv[2]);
const FIRST_DAY = Date.UTC(2000, 0, 1);
const DAY_MS = 86_400_000;

const dates = Array.from({ length: DAYS }, (_, day) =>
  new Date(FIRST_DAY + day * DAY_MS).toISOString().slice(0, 10),
);

const server = createServer(({ url = '' }, response) => {
  const { pathname, searchParams } = new URL(url, 'http://bank');
  response.end(documentAt(pathname, searchParams));
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  tellParent({ url: `http://127.0.0.1:${port}` } satisfies HistoryBank);
});

function documentAt(path: string, asked: URLSearchParams): string {
  if (path.endsWith('/XML_valFull.asp')) return dictionary();
  if (!path.endsWith('/XML_daily.asp')) return series(asked);
  const date = dayIn(asked, 'date_req') || (dates.at(-1) ?? '');
  return sheetText(dotted(date), dates.indexOf(date));
}

function series(asked: URLSearchParams): string {
  const id = asked.get('VAL_NM_RQ') ?? '';
  const index = Number(id.slice(2));
  const [from, to] = [dayIn(asked, 'date_req1'), dayIn(asked, 'date_req2')];
  const records = dates.flatMap((date, round) => {
    if (date < from || date > to) return [];
    const digits = String((round * 37 + index) % 10_000).padStart(4, '0');
    return `<Record Date="${dotted(date)}" Id="${id}"><Nominal>1</Nominal><Value>${index + 10},${digits}</Value></Record>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?><ValCurs ID="${id}" DateRange1="${dotted(from)}" DateRange2="${dotted(to)}" name="Foreign Currency Market Dynamic">${records.join('')}</ValCurs>`;
}

function dictionary(): string {
  const items = Array.from({ length: CURRENCIES }, (_, index) => {
    const id = `R9${String(index).padStart(4, '0')}`;
    const code = `X${String(index).padStart(2, '0')}`;
    return `<Item ID="${id}"><Name>Валюта ${index}</Name><EngName>Currency ${index}</EngName><Nominal>1</Nominal><ParentCode>${id}</ParentCode><ISO_Num_Code>1</ISO_Num_Code><ISO_Char_Code>${code}</ISO_Char_Code></Item>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?><Valuta name="Foreign Currency Market Lib">${items.join('')}</Valuta>`;
}

/** yyyy-mm-dd of a parameter dd/mm/yyyy. */
function dayIn(asked: URLSearchParams, name: string): string {
  return (asked.get(name) ?? '').split('/').reverse().join('-');
}

function dotted(date: string): string {
  return date.split('-').reverse().join('.');
}
