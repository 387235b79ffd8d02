import { changesBetween } from './changes.js';
import { moscowDay } from './days.js';
import { Problem } from './service.js';
import { sparkStart } from './series.js';
import { rowsOf, sheetOf } from './sheet.js';

const EVERYONES = { source: 'all' };
const NO_RATES = { rates: [], held: [], notLoaded: [] };
/** The service has nothing for today, and says why. */
const NOTHING = ['rates.not_loaded', 'rates.not_set'];

/**
 * What the page knows of the rates. It dispatches `rates` (with the `changes`) when they were read anew, `lines`
 * when the last 30 days were, and `problem` when the service could not be asked; what was known stays.
 */
export class Board extends EventTarget {
  rows = null;
  sheet = null;
  status = null;
  notLoaded = [];
  /** What the service says where it has no rates at all. */
  emptiness = null;
  problem = null;
  /** By code, the fixings of the last 30 days; null where those are not loaded. */
  lines = new Map();
  linesProblem = null;
  /** The days that they are of. */
  lineDays = null;
  #service;
  #loading = Promise.resolve();
  /** In Moscow by this machine's clock, when the rates were read. */
  #day;

  constructor(service) {
    super();
    this.#service = service;
  }

  /** When nothing is being read. */
  get settled() {
    return this.#loading;
  }

  /** One after the other: the last to be asked for is the last to be shown. Resolves to what has changed. */
  load() {
    const next = this.#loading.then(() => this.#loadNow());
    // Whoever has asked is told what was thrown; it is no reason to read nothing ever after.
    this.#loading = next.catch(() => []);
    return next;
  }

  /** Reads everything anew where the service has something that is not shown here. */
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
      // First: what is read after it may be newer, never older.
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

  /** Where the first days are not loaded, those after the hole. */
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
