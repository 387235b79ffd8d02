import type { Reading, ShownRate } from './rates-reading.js';

export type Language = 'ru' | 'en';

/** The words of `<kurs-rates>`; those of the frame's first drawing are the same (src/dashboard/embed). */
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

/** What is shown. */
export interface Drawing {
  codes: readonly string[];
  lang: Language;
  reading: Reading | undefined;
  isOffline: boolean;
}

/** The content of the element: all of it text, whatever the service or the page says. */
export function draw({ codes, lang, reading, isOffline }: Drawing): HTMLElement[] {
  const words = WORDS[lang];
  const byCode = new Map(reading?.rates.map((rate) => [rate.code, rate]));
  const dates = codes.flatMap((code) => byCode.get(code)?.effective_date ?? []).sort();
  const date = dates.at(-1);
  const source = date === undefined ? words.source : `${words.source}, ${dateText(date, lang)}`;
  const status = element('span', {}, statusText(lang, isOffline));
  status.setAttribute('role', 'status');
  const demo = element('strong', {}, words.demo);
  const origin = element('span', {}, source, ...(reading?.isDemo ? [' · ', demo] : []));
  const footer = element('footer', {}, origin, status);
  if (!reading) return [element('p', {}, words.none), footer];
  return [element('ul', {}, ...codes.map((code) => row(code, byCode.get(code), lang))), footer];
}

export function statusText(lang: Language, isOffline: boolean): string {
  return isOffline ? WORDS[lang].offline : '';
}

function row(code: string, rate: ShownRate | undefined, lang: Language): HTMLElement {
  const words = WORDS[lang];
  if (!rate) {
    const missing = element('i', {}, words.unknown);
    return element('li', { className: 'unknown' }, element('b', {}, code), missing);
  }
  const title = (lang === 'en' ? rate.name_en : null) ?? rate.name;
  const per = element('small', {}, `${words.per} ${rate.nominal ?? 1}`);
  return element(
    'li',
    {},
    element('b', { title }, code),
    ...(rate.nominal === 1 ? [] : [per]),
    element('span', {}, `${digits(rate.value ?? '', lang)} ₽`),
    changeOf(rate.change_percent, lang),
  );
}

function changeOf(change: string | null, lang: Language): HTMLElement {
  if (change === null) return element('i', {});
  const size = digits(change.replace('-', ''), lang);
  if (!/[1-9]/.test(change)) return element('i', {}, `${size} %`);
  const isFall = change.startsWith('-');
  return element('i', { className: isFall ? 'down' : 'up' }, `${isFall ? '▼' : '▲'} ${size} %`);
}

function digits(text: string, lang: Language): string {
  return lang === 'ru' ? text.replace('.', ',') : text;
}

function dateText(date: string, lang: Language): string {
  const form = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(lang === 'ru' ? 'ru' : 'en-GB', form).format(new Date(date));
}

function element(
  name: string,
  properties: { className?: string; title?: string },
  ...content: (string | HTMLElement)[]
): HTMLElement {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...content);
  return made;
}
