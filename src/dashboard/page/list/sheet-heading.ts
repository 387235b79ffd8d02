import type { Context } from '../context.js';
import { addDays, moscowDay } from '../values/days.js';
import { type Children, element, fill } from '../elements/element.js';
import { DayField } from '../day/day-field.js';
import { failureText, tryAgain, withCommand } from '../elements/figures.js';

/** Shows which sheet is in force and since when, and all problems. */
export class SheetHeading {
  readonly node: HTMLElement;
  readonly #context: Context;
  readonly #title = element('h1', { tabindex: '-1' });
  readonly #about = element('div', { class: 'about' });
  readonly #days = element('div', { class: 'days' });
  #day: DayField | undefined;
  readonly #notices = element('ul', { class: 'notices' });

  constructor(context: Context) {
    this.#context = context;
    this.node = element(
      'header',
      { class: 'heading' },
      this.#title,
      this.#days,
      this.#about,
      this.#notices,
    );
    fill(this.#title, context.tongue.words.loading);
  }

  update(): void {
    const { board, tongue } = this.#context;
    if (board.rows !== null) {
      const isEmpty = board.rows.length === 0;
      const { words, days } = tongue;
      const day = board.sheet?.day ?? null;
      this.#showDayField();
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

  /** It is kept: the reader may have it open. */
  #showDayField(): void {
    if (this.#day) {
      this.#day.showLastDay();
      return;
    }
    this.#day = new DayField(this.#context, '');
    fill(this.#days, this.#day.node);
  }

  #sheet(): Children[] {
    const { board, tongue } = this.#context;
    const { words, days } = tongue;
    const { date = null, day = null, isCarried = false, next = null } = board.sheet ?? {};
    const sentences: string[] = [];
    // Old rates are not of today, whatever their sheet said of its day.
    if (board.isAway) return [];
    if (date !== null) {
      const isOlder = isCarried && day !== null;
      const own = days.weekday(date);
      sentences.push(isOlder ? words.carriedSheet(own, days.weekday(day)) : words.ownSheet(own));
    } else if (next === null) sentences.push(words.noSheet);
    if (next !== null) sentences.push(words.nextSheet(days.weekday(next)));
    return sentences.map((sentence) => [sentence]);
  }

  #emptiness(): Children[] {
    const { board, tongue } = this.#context;
    const { words, days } = tongue;
    const { emptiness, status } = board;
    const at = status?.next_run_at;
    const next = at ? [[words.nextRun(days.moment(at))]] : [];
    const newest = status?.newest_effective_date ?? null;
    if (newest === null) return [[words.emptyReason], ...next];
    if (emptiness?.command) return [withCommand(words.notLoadedToday, emptiness.command, tongue)];
    return [[words.notToday(days.long(emptiness?.lastDate ?? newest))], ...next];
  }

  /** Problems of the service or the bank. */
  #troubles(): Children[] {
    const { board, tongue } = this.#context;
    const { words, days } = tongue;
    const { problem, status } = board;
    const notices: Children[] = [];
    // The page says it above every view if the service is away.
    if (problem && !board.isAway) {
      const said = failureText(problem.code, tongue);
      notices.push([`${said} `, tryAgain(tongue, () => void board.load())]);
    }
    const run = status?.last_run;
    if (run?.result === 'failure') {
      const reason = words.bankFailures[run.code ?? ''] ?? words.bankFailed;
      notices.push([words.lastRunFailed(days.moment(run.finished_at), reason)]);
    }
    const { freshness, due_at: due } = status?.bank ?? {};
    if ((freshness === 'late' || freshness === 'stale') && due) {
      // A sheet is published in the evening for the next day.
      const missing = addDays(moscowDay(new Date(due)), 1);
      notices.push([words[freshness](days.weekday(missing))]);
    }
    return notices;
  }

  /** Data missing in the table. */
  #gaps(): Children[] {
    const { board, tongue } = this.#context;
    const { words } = tongue;
    const rows = board.rows ?? [];
    const held = rows.filter(({ isHeld }) => isHeld).map(({ code }) => code);
    const isWhole = held.length > 1 && held.length === rows.length;
    const { linesProblem, notLoaded } = board;
    const gaps: Children[] = [];
    if (held.length > 0) gaps.push([isWhole ? words.sheetHeld : words.someHeld(held.join(', '))]);
    if (notLoaded.length > 0) gaps.push([words.notLoaded(notLoaded.join(', '))]);
    if (linesProblem?.command)
      gaps.push(withCommand(words.linesNotLoaded, linesProblem.command, tongue));
    return gaps;
  }
}

function paragraph(children: Children): HTMLElement {
  return element('p', {}, ...children);
}
