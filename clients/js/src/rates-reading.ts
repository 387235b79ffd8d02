/** A rate of `/v1/rates`, as far as `<kurs-rates>` shows it. */
export interface ShownRate {
  readonly code: string;
  readonly name: string;
  readonly name_en: string | null;
  readonly nominal: number | null;
  readonly value: string | null;
  readonly change_percent: string | null;
  readonly effective_date: string;
}

/** Rates in force today, and whether they are those of a demo. */
export interface Reading {
  readonly rates: readonly ShownRate[];
  readonly isDemo: boolean;
}

/** @throws TypeError or Error where the service cannot be asked, or has no rates */
export async function readRates(base: URL, signal: AbortSignal): Promise<Reading> {
  const response = await fetch(new URL('v1/rates', base), { signal, cache: 'no-cache' });
  if (!response.ok) throw new Error(`The service answers ${response.status}`);
  const rates = (await response.json()) as ShownRate[];
  return { rates, isDemo: response.headers.has('Kurs-Demo') };
}
