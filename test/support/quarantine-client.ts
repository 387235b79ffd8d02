import { getJson } from './json.js';

/** An item of `/v1/quarantine`, of either kind. */
export interface QuarantineItemBody {
  id: number;
  kind: 'sheet' | 'fixing';
  effective_date: string;
  dates: string[];
  state: string;
}
export interface VerdictBody {
  decided: QuarantineItemBody[];
  released: QuarantineItemBody[];
  saved: number;
}
export interface RunBody {
  message: string;
  saved: number;
  unchanged: number;
  quarantined: number;
  effective_date: string;
}
interface StatusBody {
  data_version: number;
  newest_effective_date: string;
  bank: { quarantined: number; oldest_quarantined_date: string | null; missing_days: object[] };
  last_run: { result: string; code: string | null; message: string };
}

/** Client for the quarantine of a running service. */
export class QuarantineClient {
  constructor(private readonly url: () => string) {}

  run(): Promise<RunBody> {
    return getJson(`${this.url()}/tasks/run`, { method: 'POST' });
  }

  status(): Promise<StatusBody> {
    return getJson(`${this.url()}/v1/status`);
  }

  items(query = ''): Promise<QuarantineItemBody[]> {
    return getJson(`${this.url()}/v1/quarantine${query}`);
  }

  decide(id: number, word: string): Promise<Response> {
    return fetch(`${this.url()}/v1/quarantine/${id}/${word}`, { method: 'POST' });
  }

  /** Decides the newest item. */
  async verdict(word: string): Promise<VerdictBody> {
    const [item] = await this.items('?state=all');
    return (await (await this.decide(item?.id ?? 0, word)).json()) as VerdictBody;
  }

  /** A rate or a problem, and the codes that the answer reports as held. */
  async rate(path: string): Promise<object> {
    const response = await fetch(`${this.url()}/v1/rates/${path}`);
    const body = (await response.json()) as object;
    return { ...body, held: response.headers.get('kurs-quarantined') };
  }

  /** Codes of a listing, those that are carried, and those that are held. */
  async listing(query = ''): Promise<{ codes: string[]; carried: string[]; held: string[] }> {
    const response = await fetch(`${this.url()}/v1/rates${query}`);
    const rates = (await response.json()) as { code: string; carried: boolean }[];
    const carried = rates.filter((each) => each.carried).map(({ code }) => code);
    return {
      codes: rates.map(({ code }) => code).sort(),
      carried: carried.sort(),
      held: response.headers.get('kurs-quarantined')?.split(',') ?? [],
    };
  }
}
