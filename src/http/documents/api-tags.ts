import type { OpenAPIObject } from '@nestjs/swagger';
import { operationsOf } from './api-operations.js';

/** Tags in the order of the document. */
export const API_TAGS: Readonly<Record<string, string>> = {
  rates: 'Exact rates with their history: decimals are strings, parameters are strict',
  conversion: 'Amounts in another currency',
  currencies: 'Currencies with their names, codes and periods',
  sheets: "The bank's sheets: documents and provenance",
  'live changes': 'Changes as they happen, and those that a client missed',
  'manual rates': 'Creating, changing and deleting rates',
  quarantine: 'Figures that await a decision before they are served',
  service: 'State of the service, metrics, and fetching from the bank',
  'compatible with the original': 'Routes of the original service, supported permanently',
  'mirror: www.cbr.ru': "The bank's own XML",
  'mirror: 1C, RBC': 'Tab-separated rates for the loaders of 1C',
  'mirror: Frankfurter': 'Versions 1 and 2 of Frankfurter; its only provider is the bank',
  'mirror: cbr-xml-daily.ru': 'The JSON and XML of www.cbr-xml-daily.ru',
  'mirror: SOAP of the Bank of Russia': 'Its service DailyInfo.asmx',
};

/** Orders paths by their first tag, and drops tags without routes: those of mirrors that are closed (MIRRORS). */
export function inOrderOfTags(document: OpenAPIObject): OpenAPIObject {
  const order = Object.keys(API_TAGS);
  const placeOf = new Map<string, number>();
  const used = new Set<string>();
  for (const { path, operation } of operationsOf(document)) {
    const [tag = ''] = operation.tags ?? [];
    used.add(tag);
    placeOf.set(path, Math.min(placeOf.get(path) ?? Infinity, order.indexOf(tag)));
  }
  const paths = Object.entries(document.paths).sort(
    ([one], [other]) => (placeOf.get(one) ?? 0) - (placeOf.get(other) ?? 0),
  );
  const tags = (document.tags ?? []).filter(({ name }) => used.has(name));
  return { ...document, paths: Object.fromEntries(paths), tags };
}
