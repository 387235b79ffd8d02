const LANGUAGES = ['ru', 'en'] as const;
const THEMES = ['auto', 'light', 'dark'] as const;
/** More would be a table, which the page shows better. */
const MOST_CODES = 20;
const LONGEST_CODE = 12;

export type FrameLanguage = (typeof LANGUAGES)[number];

/** What a frame shows, and how. */
export interface FrameRequest {
  /** Upper case, in the order of the address, without repetitions; not necessarily codes of currencies. */
  codes: string[];
  lang: FrameLanguage;
  theme: (typeof THEMES)[number];
}

/** Reads the address of a frame; unknown languages and themes are the default ones. */
export function readFrameRequest(codes: string, query: URLSearchParams): FrameRequest {
  const [lang, theme] = [query.get('lang'), query.get('theme')];
  const named = codes
    .split(',')
    .map((code) => code.trim().toUpperCase().slice(0, LONGEST_CODE))
    .filter((code) => code !== '');
  return {
    codes: [...new Set(named)].slice(0, MOST_CODES),
    lang: LANGUAGES.find((each) => each === lang) ?? 'ru',
    theme: THEMES.find((each) => each === theme) ?? 'auto',
  };
}
