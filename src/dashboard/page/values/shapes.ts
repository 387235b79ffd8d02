/** Fields of `/v1` rates that the page uses. */
export interface Rate {
  code: string;
  name: string;
  name_en: string | null;
  num_code: string | null;
  cbr_id: string | null;
  nominal: number;
  value: string;
  rate: string;
  effective_date: string;
  requested_date: string;
  change: string | null;
  change_percent: string | null;
  source: 'cbr' | 'manual';
}

/** Fields of `/v1/status` that the page uses. */
export interface Status {
  log_id: string;
  seq: number;
  data_version: number;
  newest_effective_date: string | null;
  next_run_at: string | null;
  last_run: { finished_at: string; result: string; code: string | null } | null;
  bank: { freshness: string; due_at: string | null; last_answerable_date: string | null };
}

/** Fields of `/v1/currencies` that the page uses. */
export interface Currency {
  code: string;
  num_code: string | null;
  name: string;
  name_en: string | null;
  last_date: string | null;
}

/** Answer of `/v1/convert`. */
export interface Conversion {
  amount: string;
  from: string;
  to: string;
  requested_date: string;
  result: string;
  rounded: string | null;
  rates: (Pick<Rate, 'code' | 'nominal' | 'value' | 'effective_date' | 'source'> & {
    carried: boolean;
    provisional: boolean;
  })[];
}

export interface Sheet {
  /** Today in Moscow; null if no rate is in force. */
  day: string | null;
  /** Date of the sheet in force; null if all rates are manual. */
  date: string | null;
  /** Whether today has no sheet of its own. */
  isCarried: boolean;
  /** Date of the published sheet that is not yet in force; null if there is none. */
  next: string | null;
}

/** A currency of the sheet; it has at least one of the two rates. */
export interface Row {
  code: string;
  names: { ru: string; en: string };
  today: Rate | null;
  next: Rate | null;
  isHeld: boolean;
}

export interface Change {
  code: string;
  at: 'today' | 'next' | 'gone';
  before: Rate | null;
  after: Rate | null;
}

export type Language = 'ru' | 'en';

/** First and last day. */
export interface Days {
  from: string;
  to: string;
}
