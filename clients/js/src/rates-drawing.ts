import type { Reading, ShownRate } from './rates-reading.js';

export type Language = 'ru' | 'en';

const WORDS = {
  ru: {
    source: 'Банк России',
    unknown: 'нет курса',
    none: 'Курсов пока нет',
    demo: 'вымышленные данные',
    per: 'за',
    offline: 'Нет связи',
  },
  en: {
    source: 'Bank of Russia',
    unknown: 'no rate',
    none: 'No rates yet',
    demo: 'made-up figures',
    per: 'per',
    offline: 'Offline',
  },
} as const;

/** An element of what is drawn: its content is text or elements, never markup. */
export interface Drawn {
  name: string;
  attributes: Readonly<Record<string, string>>;
  content: readonly (string | Drawn)[];
}

/** What is shown. */
export interface Drawing {
  codes: readonly string[];
  lang: Language;
  reading: Reading | undefined;
  isOffline: boolean;
}

/**
 * The content of `<kurs-rates>`. The script puts it into the page, and the service into the frame (src/dashboard/embed),
 * so that rates are there before the script.
 */
export function draw({ codes, lang, reading, isOffline }: Drawing): Drawn[] {
  const words = WORDS[lang];
  const byCode = new Map(reading?.rates.map((rate) => [rate.code, rate]));
  const dates = codes.flatMap((code) => byCode.get(code)?.effective_date ?? []).sort();
  const date = dates.at(-1);
  const source = date === undefined ? words.source : `${words.source}, ${dateText(date, lang)}`;
  const demo = reading?.isDemo ? [' · ', drawn('strong', {}, words.demo)] : [];
  const status = drawn('span', { role: 'status' }, statusText(lang, isOffline));
  const footer = drawn('footer', {}, drawn('span', {}, source, ...demo), status);
  if (!reading) return [drawn('p', {}, words.none), footer];
  return [drawn('ul', {}, ...codes.map((code) => row(code, byCode.get(code), lang))), footer];
}

export function statusText(lang: Language, isOffline: boolean): string {
  return isOffline ? WORDS[lang].offline : '';
}

function row(code: string, rate: ShownRate | undefined, lang: Language): Drawn {
  const words = WORDS[lang];
  if (!rate) {
    return drawn('li', { class: 'unknown' }, drawn('b', {}, code), drawn('i', {}, words.unknown));
  }
  const { nominal, value } = rate;
  const title = (lang === 'en' ? rate.name_en : null) ?? rate.name;
  const per = drawn('small', {}, `${words.per} ${nominal ?? 1}`);
  return drawn(
    'li',
    {},
    drawn('b', { title }, code),
    ...(nominal === 1 ? [] : [per]),
    drawn('span', {}, `${digits(value ?? '', lang)} ₽`),
    changeOf(rate.change_percent, lang),
  );
}

function changeOf(change: string | null, lang: Language): Drawn {
  if (change === null) return drawn('i', {});
  const size = digits(change.replace('-', ''), lang);
  if (!/[1-9]/.test(change)) return drawn('i', {}, `${size} %`);
  const isFall = change.startsWith('-');
  return drawn('i', { class: isFall ? 'down' : 'up' }, `${isFall ? '▼' : '▲'} ${size} %`);
}

function digits(text: string, lang: Language): string {
  return lang === 'ru' ? text.replace('.', ',') : text;
}

function dateText(date: string, lang: Language): string {
  const form = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(lang === 'ru' ? 'ru' : 'en-GB', form).format(new Date(date));
}

function drawn(name: string, attributes: Drawn['attributes'], ...content: Drawn['content']): Drawn {
  return { name, attributes, content };
}
