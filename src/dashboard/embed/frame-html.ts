import { draw, type Drawn } from '../../../clients/js/rates-drawing.js';
import type { RateRecord } from '../../rates/reading/index.js';
import type { FrameRequest } from './frame-request.js';
import { Markup, markup } from './markup.js';

/** Addresses relative to `/embed/<codes>`, behind whatever prefix a proxy has removed. */
const CLIENT = '../page/client';

const TITLES = { ru: 'Курсы Банка России', en: 'Rates of the Bank of Russia' } as const;
const CLOSED = {
  ru: 'Показ курсов на других сайтах выключен',
  en: 'Rates may not be shown on other sites',
} as const;

interface Frame extends FrameRequest {
  rates: readonly RateRecord[] | undefined;
  isDemo: boolean;
}

/** A document with the element `kurs-rates`, drawn before its script runs. */
export function frameHtml({ codes, lang, theme, rates, isDemo }: Frame): string {
  const reading = rates && { rates, isDemo };
  const content = draw({ codes, lang, reading, isOffline: false });
  return page(
    { lang, theme, title: TITLES[lang] },
    markup`<link rel="stylesheet" href="${CLIENT}/kurs-frame.css">
<script type="module" src="${CLIENT}/kurs-rates.js"></script>`,
    markup`<kurs-rates codes="${codes.join(',')}" lang="${lang}" theme="${theme}"><template shadowrootmode="open"><link rel="stylesheet" href="${CLIENT}/kurs-rates.css">${content.map(markupOf)}</template></kurs-rates>`,
  );
}

/** What stands in place of a frame while EMBED_ORIGINS is empty. */
export function closedHtml({ lang, theme }: FrameRequest): string {
  const closed = CLOSED[lang];
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

/** Names of elements and attributes are those of `draw`; what it shows is escaped. */
function markupOf({ name, attributes, content }: Drawn): Markup {
  const marks = Object.entries(attributes).map(
    ([attribute, value]) => markup`${new Markup(` ${attribute}`)}="${value}"`,
  );
  const inside = content.map((part) =>
    typeof part === 'string' ? markup`${part}` : markupOf(part),
  );
  const tag = new Markup(name);
  return markup`<${tag}${marks}>${inside}</${tag}>`;
}
