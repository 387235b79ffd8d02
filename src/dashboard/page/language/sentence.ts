/** Adds a full stop unless the text ends with one: a date may end with that of its year, `2005 г.`. */
export function sentence(text: string): string {
  return text.endsWith('.') ? text : `${text}.`;
}
