/** Fields of `/v1` rates that the page uses. */
export interface Rate {
  code: string;
  name: string;
  name_en: string | null;
  num_code: string | null;
  nominal: number;
  value: string;
  rate: string;
  effective_date: string;
  requested_date: string;
  change: string | null;
  change_percent: string | null;
  source: 'cbr' | 'manual';
}

export interface Sheet {
  day: string | null;
  date: string | null;
  isCarried: boolean;
  next: string | null;
}

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
