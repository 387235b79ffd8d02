const plurals = new Intl.PluralRules('ru');

/** `1 валюта`, `3 валюты`, `5 валют`: few is for numbers that end with 2, 3 or 4, but for 12 to 14. */
export function countedInRussian(count: number, one: string, few: string, many: string): string {
  const forms: Partial<Record<Intl.LDMLPluralRule, string>> = { one, few };
  return `${count}\u00A0${forms[plurals.select(count)] ?? many}`;
}

/** Whether a verb beside the number is singular: 1, 21, 101. */
export function isOneInRussian(count: number): boolean {
  return plurals.select(count) === 'one';
}

/** `1 currency`, `5 currencies`. */
export function countedInEnglish(count: number, one: string, many: string): string {
  return `${count}\u00A0${count === 1 ? one : many}`;
}
