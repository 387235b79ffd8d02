import type { Screen } from '../context.js';
import { SORT_KEYS } from '../finding/sort-keys.js';
import { addressOf, areCodes, isDay, type Route, ROUBLE } from './route.js';

/** State of a page that has just been opened. */
export function freshScreen(route: Route, query: URLSearchParams): Screen {
  const screen: Screen = {
    route,
    search: '',
    isOnlyFavourites: false,
    sort: { key: 'name', isDescending: false },
    converter: { amount: '100', from: 'USD', to: ROUBLE, date: '' },
    former: null,
  };
  takeChoices(screen, route, query);
  return screen;
}

/** Takes the choices of an address; where it has none, the user's stay. */
export function takeChoices(screen: Screen, route: Route, query: URLSearchParams): void {
  if (route.name === 'list' && query.size > 0) readQuery(screen, query);
  if (route.name === 'conversion') {
    const { amount, from, to, date } = route;
    screen.converter = { amount, from, to, date };
  }
}

/** Address of what is on the screen, with the user's choices; relative to that of the page. */
export function addressOfScreen(screen: Screen): string {
  if (screen.route.name !== 'list') return addressOf(screen.route);
  const query = listQuery(screen).toString().replaceAll('%2C', ',');
  return query === '' ? '' : `?${query}`;
}

/** What differs from a fresh list. */
function listQuery({ search, isOnlyFavourites, sort, converter }: Screen): URLSearchParams {
  const query = new URLSearchParams();
  if (search !== '') query.set('search', search);
  if (isOnlyFavourites) query.set('favourites', '1');
  const order = `${sort.isDescending ? '-' : ''}${sort.key}`;
  if (order !== 'name') query.set('sort', order);
  const { amount, from, to, date } = converter;
  if (amount !== '100') query.set('amount', amount);
  if (from !== 'USD') query.set('from', from);
  if (to !== ROUBLE) query.set('to', to);
  if (date !== '') query.set('on', date);
  return query;
}

function readQuery(screen: Screen, query: URLSearchParams): void {
  const [, minus, order] = /^(-?)(\w+)$/.exec(query.get('sort') ?? '') ?? [];
  const key = SORT_KEYS.find((each) => each === order);
  if (key !== undefined) screen.sort = { key, isDescending: minus === '-' };
  screen.search = query.get('search') ?? '';
  screen.isOnlyFavourites = query.get('favourites') === '1';
  const { converter } = screen;
  converter.amount = query.get('amount') ?? converter.amount;
  const [from, to] = [query.get('from') ?? '', query.get('to') ?? ''];
  if (areCodes(from) && !from.includes(',')) converter.from = from;
  if (areCodes(to)) converter.to = to;
  const date = query.get('on') ?? '';
  if (isDay(date)) converter.date = date;
}
