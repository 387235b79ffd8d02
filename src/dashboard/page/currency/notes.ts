import type { Context } from '../context.js';
import { type Children, element } from '../elements/element.js';
import { withCommand } from '../elements/figures.js';
import type { History } from './history.js';
import { type CurrencyRoute, ROUBLE } from '../address/route.js';
import type { Tongue } from '../language/tongue.js';
import type { Measure } from '../values/summary.js';

/** What a reader has to know about the figures of a range. */
export function notesOn(
  { fixings, missing }: History,
  others: readonly History[],
  { isRestated }: Measure,
  tongue: Tongue,
): Children[] {
  const { words, days } = tongue;
  const [first] = fixings;
  const notes: Children[] = [];
  if (!first && !missing) notes.push([words.noFixings]);
  else if (missing) {
    const since = first ? words.loadedSince(days.long(first.effective_date)) : words.nothingLoaded;
    notes.push(withCommand(since, missing.command, tongue));
  }
  for (const { code, fixings: theirs, missing: gap } of others) {
    const since = theirs[0]?.effective_date;
    if (since === undefined)
      notes.push([`${code}: ${gap ? words.nothingLoaded : words.noFixings}`]);
    else if (gap) notes.push([`${code}: ${words.loadedSince(days.long(since))}`]);
  }
  if (isRestated) notes.push([words.restated]);
  return notes;
}

/** What the axis of the chart counts. */
export function unitOf(
  { code, quote, compared = [], isIndexed = false }: CurrencyRoute,
  { nominal, isRestated }: Measure,
  tongue: Tongue,
): string {
  const { words } = tongue;
  if (isIndexed) return words.indexUnit;
  const unit = quote === ROUBLE ? (isRestated ? words.todaysRoubles : words.roubleUnit) : quote;
  // Compared currencies have nominals of their own, which the legend names.
  return compared.length > 0 ? unit : words.unitFor(unit, `${tongue.digits(nominal)} ${code}`);
}

/** The same figures as a file. */
export function csvLink(
  { service, tongue }: Context,
  { code, quote }: CurrencyRoute,
  { from, to, fixings }: History,
): HTMLElement {
  const last = to ?? fixings.at(-1)?.effective_date ?? from;
  const days = { from, to: last, source: 'all' };
  const wish = { ...days, ...(quote === ROUBLE ? { restate: true } : { quote }) };
  const href = service.address(`v1/rates/${code}/history.csv`, wish);
  const name = quote === ROUBLE ? code : `${code}-${quote}`;
  const download = `${name}-${from}-${last}.csv`;
  return element('a', { class: 'download', href, download }, tongue.words.download);
}
