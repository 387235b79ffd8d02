import { button, type Children, element } from './element.js';
import { changeOf } from '../values/series.js';
import type { Problem } from '../service/service.js';
import type { Rate, Row, Sheet } from '../values/shapes.js';
import type { Tongue } from '../language/tongue.js';

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

/**
 * A sentence with the operator's command that solves the problem: visible on this machine, behind a fold for
 * visitors.
 */
export function withCommand(
  sentence: string,
  command: string | undefined,
  { words }: Tongue,
): Children {
  if (!command) return [sentence];
  const code = element('code', {}, command);
  if (isOnThisMachine()) return [`${sentence} ${words.toLoad} `, code];
  const fold = element('details', {}, element('summary', {}, words.forOperators), code);
  return [sentence, fold];
}

/** A button that tries again what failed. */
export function tryAgain({ words }: Tongue, retry: () => void): HTMLElement {
  return button({ class: 'retry', onclick: retry }, words.tryAgain);
}

/** A problem in the reader's language. `sentence`: what it means here if days are not loaded. */
export function explain(
  { code, command }: Problem,
  { sentence, tongue }: { sentence: string; tongue: Tongue },
): Children {
  if (code === 'rates.not_loaded') return withCommand(sentence, command, tongue);
  return [failureText(code, tongue)];
}

/** What a failed request means to the reader; the service's own text is for programs, and English. */
export function failureText(code: string, { words }: Tongue): string {
  if (code === 'page.unreachable') return words.unreachable;
  return words.problems[code] ?? words.failed(code);
}

/** In the service there is no location. */
export function isOnThisMachine(): boolean {
  const { location } = globalThis as { location?: Location };
  return /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(location?.hostname ?? '');
}
