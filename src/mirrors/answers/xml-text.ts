const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};
/** Those, and what XML has no way to write, not even as a reference. */
const SPECIAL = /[&<>"\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
const EVERY_SPECIAL = new RegExp(SPECIAL, 'g');

/** Text for an element or an attribute in double quotes; a character that XML does not allow becomes `?`. */
export function xmlText(text: string): string {
  return SPECIAL.test(text) ? text.replace(EVERY_SPECIAL, (found) => ENTITIES[found] ?? '?') : text;
}
