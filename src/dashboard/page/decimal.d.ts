export function compare(one: string, other: string): -1 | 0 | 1;
export function placesOf(text: string): number;
export function times(text: string, factor: number, places?: number): string;
export function mean(
  texts: readonly string[],
  options: { factor?: number; places: number },
): string;
