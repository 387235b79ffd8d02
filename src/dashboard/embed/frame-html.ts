import type { RateRecord } from '../../rates/reading/index.js';
import type { FrameLanguage, FrameRequest } from './frame-request.js';
import { markup, type Markup } from './markup.js';

/** Addresses relative to `/embed/<codes>`, behind whatever prefix a proxy has removed. */
const CLIENT = '../page/client';

const WORDS = {
  ru: {
    title: 'Курсы Банка России',
    source: 'Банк России',
    unknown: 'нет курса',
    none: 'Курсов пока нет',
    closed: 'Показ курсов на других сайтах выключен',
    demo: 'вымышленные данные',
    per: 'за',
  },
  en: {
    title: 'Rates of the Bank of Russia',
    source: 'Bank of Russia',
    unknown: 'no rate',
    none: 'No rates yet',
    closed: 'Rates may not be shown on other sites',
    demo: 'made-up figures',
    per: 'per',
  },
} as const;

interface Frame extends FrameRequest {
  rates: readonly RateRecord[] | undefined;
  isDemo: boolean;
}

/** The element `kurs-rates` as its script draws it (clients/js), so that it is there before the script. */
export function frameHtml({ codes, lang, theme, rates, isDemo }: Frame): string {
  const words = WORDS[lang];
  const byCode = new Map(rates?.map((rate) => [rate.code, rate]));
  const shown = codes.flatMap((code) => byCode.get(code) ?? []);
  const [newest] = shown
    .map((rate) => rate.effective_date)
    .sort()
    .reverse();
  const rows = codes.map((code) => row(code, byCode.get(code), lang));
  const date = newest === undefined ? markup`` : markup`, ${dateText(newest, lang)}`;
  const list = rates ? markup`<ul>${rows}</ul>` : markup`<p>${words.none}</p>`;
  const demo = isDemo ? markup` · <strong>${words.demo}</strong>` : markup``;
  return page(
    { lang, theme, title: words.title },
    markup`<link rel="stylesheet" href="${CLIENT}/kurs-frame.css">
<script type="module" src="${CLIENT}/kurs-rates.js"></script>`,
    markup`<kurs-rates codes="${codes.join(',')}" lang="${lang}" theme="${theme}"><template shadowrootmode="open"><link rel="stylesheet" href="${CLIENT}/kurs-rates.css">${list}<footer><span>${words.source}${date}${demo}</span><span role="status"></span></footer></template></kurs-rates>`,
  );
}

/** What stands in place of a frame while EMBED_ORIGINS is empty. */
export function closedHtml({ lang, theme }: FrameRequest): string {
  const { closed } = WORDS[lang];
  return page(
    { lang, theme, title: closed },
    markup``,
    markup`<h1>${closed}</h1><p>EMBED_ORIGINS</p>`,
  );
}

function page(
  { lang, theme, title }: Pick<FrameRequest, 'lang' | 'theme'> & { title: string },
  head: Markup,
  body: Markup,
): string {
  return markup`<!doctype html>
<html lang="${lang}" data-theme="${theme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
${head}
</head>
<body>${body}</body>
</html>
`.text;
}

function row(code: string, rate: RateRecord | undefined, lang: FrameLanguage): Markup {
  const words = WORDS[lang];
  if (!rate) return markup`<li class="unknown"><b>${code}</b><i>${words.unknown}</i></li>`;
  const { nominal, value, change_percent: change, name, name_en: nameEn } = rate;
  const per = nominal === 1 ? markup`` : markup`<small>${words.per} ${String(nominal)}</small>`;
  const title = (lang === 'en' ? nameEn : null) ?? name;
  return markup`<li><b title="${title}">${code}</b>${per}<span>${digits(value ?? '', lang)} ₽</span>${changeOf(change, lang)}</li>`;
}

function changeOf(change: string | null, lang: FrameLanguage): Markup {
  if (change === null) return markup`<i></i>`;
  const size = digits(change.replace('-', ''), lang);
  if (!/[1-9]/.test(change)) return markup`<i>${size} %</i>`;
  const isFall = change.startsWith('-');
  return markup`<i class="${isFall ? 'down' : 'up'}">${isFall ? '▼' : '▲'} ${size} %</i>`;
}

function digits(text: string, lang: FrameLanguage): string {
  return lang === 'ru' ? text.replace('.', ',') : text;
}

function dateText(date: string, lang: FrameLanguage): string {
  const form = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(lang === 'ru' ? 'ru' : 'en-GB', form).format(new Date(date));
}
