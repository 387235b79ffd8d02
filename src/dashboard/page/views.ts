import type { Route } from './address/route.js';
import type { Context, View } from './context.js';
import { unknownModule } from './unknown-module.js';
import type { Language } from './values/shapes.js';

type Name = Route['name'];
type Maker<Of extends Name> = (context: Context, route: Extract<Route, { name: Of }>) => View;

/** Loads the module of a view when the first address needs it. */
const LOADERS: { readonly [Of in Name]: () => Promise<Maker<Of>> } = {
  list: async () => {
    const { ListView } = await import('./list/list-view.js');
    return (context) => new ListView(context);
  },
  currency: async () => {
    const { CurrencyView } = await import('./currency/currency-view.js');
    return (context, route) => new CurrencyView(context, route);
  },
  day: async () => {
    const { DayView } = await import('./day/day-view.js');
    return (context, route) => new DayView(context, route.day);
  },
  conversion: async () => {
    const { ConversionView } = await import('./converter/conversion-view.js');
    return (context) => new ConversionView(context);
  },
  unknown: async () => {
    const { UnknownView } = await unknownModule();
    return (context) => new UnknownView(context);
  },
};

/** Modules of the views, by their names below `page/`. */
const MODULES: Readonly<Record<Name, string>> = {
  list: 'list/list-view.js',
  currency: 'currency/currency-view.js',
  day: 'day/day-view.js',
  conversion: 'converter/conversion-view.js',
  unknown: 'unknown-view.js',
};

const makers = new Map<Name, (context: Context, route: never) => View>();

export async function loadView(name: Name): Promise<void> {
  if (!makers.has(name)) makers.set(name, await LOADERS[name]());
}

/** A view whose module `loadView` has loaded. */
export function viewOf(context: Context, route: Route): View {
  const make = makers.get(route.name);
  if (!make) throw new Error(`The view ${route.name} is not loaded`);
  return make(context, route as never);
}

/** What a document names so that the browser loads it at once, not import by import. */
export function modulesOf(
  name: Name,
  { isUnknown, language }: { isUnknown: boolean; language: Language },
): readonly string[] {
  const more = isUnknown ? MODULES.unknown : 'chart/uPlot.esm.js';
  return [
    'main.js',
    MODULES[name],
    ...(name === 'currency' ? [more] : []),
    `language/words-${language}.js`,
  ];
}
