import { addDays, moscowDay } from './days.js';
import { element, fill } from './element.js';
import { withCommand } from './figures.js';

/** Shows which sheet is in force and since when, and all problems. */
export class SheetHeading {
  #context;
  #title = element('h1', { tabindex: '-1' });
  #about = element('div', { class: 'about' });
  #notices = element('ul', { class: 'notices' });

  constructor(context) {
    this.#context = context;
    this.node = element('header', { class: 'heading' }, this.#title, this.#about, this.#notices);
    fill(this.#title, context.tongue.words.loading);
  }

  update() {
    const { board, tongue } = this.#context;
    if (board.rows !== null) {
      const isEmpty = board.rows.length === 0;
      const { words, days } = tongue;
      const day = board.sheet.day;
      fill(this.#title, isEmpty || day === null ? words.empty : words.heading(days.long(day)));
      fill(this.#about, (isEmpty ? this.#emptiness() : this.#sheet()).map(paragraph));
    }
    const notices = [...this.#troubles(), ...this.#gaps()];
    fill(
      this.#notices,
      notices.map((children) => element('li', {}, ...children)),
    );
    this.#notices.hidden = notices.length === 0;
  }

  #sheet() {
    const { board, tongue } = this.#context;
    const { words, days } = tongue;
    const { date, day, isCarried, next } = board.sheet;
    const own = isCarried
      ? words.carriedSheet(days.weekday(date), days.weekday(day))
      : date && words.ownSheet(days.weekday(date));
    return [
      own ? [own] : next === null && [words.noSheet],
      next !== null && [words.nextSheet(days.weekday(next))],
    ].filter(Boolean);
  }

  #emptiness() {
    const { board, tongue } = this.#context;
    const { words, days } = tongue;
    const { emptiness, status } = board;
    const next = status.next_run_at && [words.nextRun(days.moment(status.next_run_at))];
    if (status.newest_effective_date === null) return [[words.emptyReason], next].filter(Boolean);
    if (emptiness?.command) return [withCommand(words.notLoadedToday, emptiness.command)];
    const last = emptiness?.lastDate ?? status.newest_effective_date;
    return [[words.notToday(days.long(last))], next].filter(Boolean);
  }

  /** Problems of the service or the bank. */
  #troubles() {
    const { board, tongue } = this.#context;
    const { words, days } = tongue;
    const { problem, status } = board;
    const notices = [];
    if (problem) {
      const isAway = problem.code === 'page.unreachable';
      notices.push([isAway ? words.unreachable : words.failed(problem.message)]);
    }
    const run = status?.last_run;
    if (run?.result === 'failure') {
      notices.push([words.lastRunFailed(days.moment(run.finished_at), run.message)]);
    }
    const { freshness, due_at: due } = status?.bank ?? {};
    const isMissing = (freshness === 'late' || freshness === 'stale') && due;
    // A sheet is published in the evening for the next day.
    const missing = isMissing && addDays(moscowDay(new Date(due)), 1);
    if (missing) notices.push([words[freshness](days.weekday(missing))]);
    return notices;
  }

  /** Data missing in the table. */
  #gaps() {
    const { board, tongue } = this.#context;
    const { words } = tongue;
    const rows = board.rows ?? [];
    const held = rows.filter(({ isHeld }) => isHeld).map(({ code }) => code);
    const isWhole = held.length > 1 && held.length === rows.length;
    const { linesProblem, notLoaded } = board;
    return [
      held.length > 0 && [isWhole ? words.sheetHeld : words.someHeld(held.join(', '))],
      notLoaded.length > 0 && [words.notLoaded(notLoaded.join(', '))],
      linesProblem?.command && withCommand(words.linesNotLoaded, linesProblem.command),
    ].filter(Boolean);
  }
}

function paragraph(children) {
  return element('p', {}, ...children);
}
