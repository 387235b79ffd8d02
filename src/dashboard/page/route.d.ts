export type Route = { name: 'list' } | { name: 'currency'; code: string; range: string };
export function routeOf(hash: string): Route;
export function currencyHash(code: string, range?: string): string;
