import type { Context } from '../context.js';
import { button, element, fill } from '../elements/element.js';
import { Shown } from '../elements/shown.js';
import { USUAL } from '../finding/sort-keys.js';

/** Height of the frame's line of text and of one rate, in pixels. */
const [FOOT, ROW] = [45, 35];
/** More would be a table. */
const MOST_CODES = 8;

/** Codes of the rates that a view shows first; none if a frame could not show them. */
function codesOf({ board, screen, settings }: Context): readonly string[] {
  const { route } = screen;
  const current = (board.rows ?? []).flatMap(({ code, today }) => (today ? [code] : []));
  const wanted =
    route.name === 'currency' ? [route.code, route.quote] : [...USUAL, ...settings.favourites];
  return [...new Set(wanted)].filter((code) => current.includes(code)).slice(0, MOST_CODES);
}

/** The lines that show these rates on another site, or what the operator has to set. */
export class EmbedLines {
  readonly node = element('div');
  readonly #context: Context;
  readonly #shown = new Shown();

  constructor(context: Context) {
    this.#context = context;
  }

  /** Lines for the same currencies stay as they are, with what their buttons say. */
  update(): void {
    const codes = codesOf(this.#context);
    if (this.#shown.isSame(codes)) return;
    fill(this.node, ...linesFor(codes, this.#context));
  }
}

function linesFor(codes: readonly string[], context: Context): readonly HTMLElement[] {
  const { words, language } = context.tongue;
  if (!context.isEmbeddable) {
    const setting = element('code', {}, 'EMBED_ORIGINS=https://shop.example');
    return [element('p', {}, `${words.embedOff} `, setting)];
  }
  if (codes.length === 0) return [element('p', {}, words.noLine)];
  const { base } = context.service;
  const list = codes.join(',');
  const height = FOOT + ROW * codes.length;
  const frame = [
    `<iframe src="${base}embed/${list}?lang=${language}" title="${words.title}"`,
    ` width="320" height="${height}" style="border: 0" loading="lazy"></iframe>`,
  ];
  const part = [
    `<script type="module" src="${base}page/client/kurs-rates.js"></script>`,
    `<kurs-rates codes="${list}" lang="${language}"></kurs-rates>`,
  ];
  return [
    element('p', {}, words.embedFrame),
    ...snippet(frame.join('\n'), context),
    element('p', {}, words.embedElement),
    ...snippet(part.join('\n'), context),
  ];
}

function snippet(text: string, { tongue }: Context): readonly HTMLElement[] {
  const { words } = tongue;
  const code = element('code', {}, text);
  const copy = button({ onclick: () => void copyText() }, words.copy);
  const copyText = async () => {
    // Only pages of https and of this machine may write to the clipboard; elsewhere the text is selected for it.
    const clipboard = navigator.clipboard as Clipboard | undefined;
    const isCopied = await (clipboard?.writeText(text) ?? Promise.reject(new Error())).then(
      () => true,
      () => false,
    );
    if (isCopied) fill(copy, words.copied);
    else getSelection()?.selectAllChildren(code);
  };
  return [element('pre', {}, code), copy];
}
