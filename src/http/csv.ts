/** A list becomes its items with spaces between them. */
export type Cell = string | number | boolean | null | readonly string[];

const NEEDS_QUOTES = /[",\r\n]/;

/** One line of RFC 4180 without its end; null is an empty cell. */
export function csvLine(cells: readonly Cell[]): string {
  return cells.map(csvCell).join(',');
}

function csvCell(cell: Cell): string {
  if (cell === null) return '';
  const text = typeof cell === 'object' ? cell.join(' ') : String(cell);
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
