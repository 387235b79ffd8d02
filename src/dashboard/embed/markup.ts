import { escaped } from '../page/elements/escaped.js';

/** Markup; any other text that is put into a template is escaped. */
export class Markup {
  constructor(readonly text: string) {}
}

/** Makes markup of a template, whose attributes must be quoted. */
export function markup(
  parts: TemplateStringsArray,
  ...values: (string | Markup | readonly Markup[])[]
): Markup {
  const texts = values.map((value) => {
    if (typeof value === 'string') return escaped(value);
    return value instanceof Markup ? value.text : value.map(({ text }) => text).join('');
  });
  return new Markup(parts.map((part, index) => part + (texts[index] ?? '')).join(''));
}
