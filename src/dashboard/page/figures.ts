import { type Children, element } from './element.js';
import { changeOf } from './order.js';
import type { Rate, Row, Sheet } from './shapes.js';
import type { Tongue } from './tongue.js';

const ARROWS = { up: '▲', down: '▼', same: '' };

/** Change of a rate with sign, colour, arrow and percentage. */
export function changeFigure(rate: Rate, tongue: Tongue, attributes = {}): HTMLElement {
  const change = changeOf(rate);
  if (change === null) return element('span', { ...attributes, class: 'change' }, '—');
  const { text, direction } = tongue.change(change);
  const percent = tongue.change(rate.change_percent ?? '').text;
  return element(
    'span',
    { ...attributes, class: `change ${direction}` },
    element(
      'span',
      { class: 'amount' },
      element('span', { class: 'arrow', 'aria-hidden': 'true' }, ARROWS[direction]),
      text,
    ),
    element('span', { class: 'percent' }, `${percent}\u00A0%`),
  );
}

/** Badge of manual rates, so that none is taken for the bank's; otherwise nothing. */
export function manualBadge(
  { words }: Tongue,
  ...rates: (Pick<Rate, 'source'> | null)[]
): HTMLElement | false {
  const isManual = rates.some((rate) => rate?.source === 'manual');
  return (
    isManual && element('span', { class: 'badge manual', title: words.manualHint }, words.manual)
  );
}

/** Badges of a row: manual, held, or older than the sheet. */
export function badgesOf(row: Row, sheet: Sheet, tongue: Tongue): (HTMLElement | false)[] {
  const { words, days } = tongue;
  const rate = row.today ?? row.next;
  const date = rate?.source === 'cbr' ? rate.effective_date : null;
  const isOlder = date !== null && sheet.date !== null && date < sheet.date;
  return [
    manualBadge(tongue, rate, row.next),
    row.isHeld && element('span', { class: 'badge held', title: words.heldHint }, words.held),
    isOlder && element('span', { class: 'badge' }, words.since(days.short(date))),
  ];
}

/** A sentence followed by the command that solves the problem. */
export function withCommand(sentence: string, command: string | undefined): Children {
  return command ? [`${sentence} `, element('code', {}, command)] : [sentence];
}
