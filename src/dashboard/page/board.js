import { changesBetween } from './changes.js';
import { moscowDay } from './days.js';
import { Problem } from './service.js';
import { sparkStart } from './series.js';
import { rowsOf, sheetOf } from './sheet.js';

const EVERYONES = { source: 'all' };
const NO_RATES = { rates: [], held: [], notLoaded: [] };
/** Codes of "no rates for today"; the problem has the reason. */
const NOTHING = ['rates.not_loaded', 'rates.not_set'];

/**
 * Data of the page. Dispatches `rates` (with `changes`) after a reload, `lines` after a reload of the last 30 days,
 * `status`, and `problem` if a request failed; the old data are kept then.
 */
export class Board extends EventTarget {
  rows = null;
  sheet = null;
  status = null;
  notLoaded = [];
  /** The service's problem if it has no rates at all. */
  emptiness = null;
  problem = null;
  /** Fixings of the last 30 days by code; a code whose days are not loaded is absent. */
  lines = new Map();
  linesProblem = null;
  /** Days of `lines`. */
  lineDays = null;
  #service;
  #loading = Promise.resolve();
  /** Moscow's date by this machine's clock at the last reload. */
  #day;

  constructor(service) {
    super();
    this.#service = service;
  }

  /** Resolves when no reload is running. */
  get settled() {
    return this.#loading;
  }

  /** Serializes reloads, so the last request is shown last. Resolves to the changes. */
  load() {
    const next = this.#loading.then(() => this.#loadNow());
    // The caller gets the exception; it must not break later reloads.
    this.#loading = next.catch(() => []);
    return next;
  }

  /** Reloads if the service has something newer than the page. */
  async check() {
    const status = await this.#service.get('v1/status').catch((problem) => this.#fail(problem));
    if (!status) return [];
    const isBehind = status.data_version !== this.status?.data_version;
    if (isBehind || this.problem || moscowDay() !== this.#day) return this.load();
    this.status = status;
    this.#tell('status', { status });
    return [];
  }

  async #loadNow() {
    this.#day = moscowDay();
    try {
      // Read first: what follows may be newer, never older.
      const status = await this.#service.get('v1/status');
      const today = await this.#service.rates(EVERYONES).catch((problem) => this.#explain(problem));
      const day = today.rates[0]?.requested_date;
      const isPublished = day === undefined || (status.newest_effective_date ?? '') > day;
      const latest =
        isPublished && status.newest_effective_date !== null ? await this.#latest() : null;
      return this.#take(status, today, latest);
    } catch (problem) {
      this.#fail(problem);
      return [];
    }
  }

  #latest() {
    return this.#service
      .rates({ ...EVERYONES, date: 'latest' })
      .catch((problem) => this.#explain(problem));
  }

  #explain(problem) {
    if (!NOTHING.includes(problem.code)) throw problem;
    return { ...NO_RATES, emptiness: problem };
  }

  #take(status, today, latest) {
    const before = this.rows;
    const sheet = sheetOf(today.rates, latest?.rates ?? null);
    const held = [...today.held, ...(latest?.held ?? [])];
    const rows = rowsOf({ today: today.rates, latest: latest?.rates, sheet, held });
    const emptiness = rows.length === 0 ? (today.emptiness ?? null) : null;
    Object.assign(this, { status, sheet, rows, emptiness, problem: null });
    this.notLoaded = today.notLoaded;
    const changes = before === null ? [] : changesBetween(before, rows);
    this.#tell('rates', { changes });
    if (rows.length > 0) void this.#loadLines(sheet.next ?? sheet.day);
    return changes;
  }

  async #loadLines(day) {
    try {
      this.linesProblem = null;
      const fixings = await this.#fixingsSince(sparkStart(day));
      const lines = new Map();
      for (const fixing of fixings) {
        const line = lines.get(fixing.code) ?? [];
        lines.set(fixing.code, [...line, fixing]);
      }
      Object.assign(this, { lines, lineDays: { from: sparkStart(day), to: day } });
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      this.linesProblem = problem;
    }
    this.#tell('lines', {});
  }

  /** If the first days are not loaded, returns the fixings after the gap. */
  async #fixingsSince(from) {
    try {
      return await this.#service.all('v1/rates', { from });
    } catch (problem) {
      if (problem.code !== 'rates.not_loaded') throw problem;
      this.linesProblem = problem;
      const known = this.rows.find(({ today, next }) => (today ?? next).source === 'cbr');
      if (!known) return [];
      const path = `v1/rates/${known.code}/history`;
      const [first] = await this.#service.get(path, { limit: 1 });
      return first ? this.#service.all('v1/rates', { from: first.effective_date }) : [];
    }
  }

  #fail(problem) {
    if (!(problem instanceof Problem)) throw problem;
    this.problem = problem;
    this.#tell('problem', { problem });
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
