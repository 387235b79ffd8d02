import type { Unit } from '../../database/unit.js';
import { CurrencyEntity, type DictionaryEntry, type Fixing } from '../model/index.js';

type Known = Map<string, CurrencyEntity>;

/** Adds new currencies of a sheet. Stored names take precedence over the sheet's. */
export async function learnFromSheet(unit: Unit, fixings: readonly Fixing[]): Promise<void> {
  const known = await knownCurrencies(unit);
  await store(
    unit,
    known,
    fixings.map(({ cbr_id, code, num_code, name }) => {
      const before = known.get(cbr_id);
      return {
        ...{ cbr_id, code, num_code: num_code ?? before?.num_code ?? null },
        ...{ name: before?.name ?? name, name_en: before?.name_en ?? null },
      };
    }),
  );
}

/**
 * Adds new currencies of an old sheet; stored data is newer and stays. If only the ID was known, the sheet's code and
 * name are stored.
 */
export async function learnFromOldSheet(unit: Unit, fixings: readonly Fixing[]): Promise<void> {
  const known = await knownCurrencies(unit);
  await store(
    unit,
    known,
    fixings.map(({ cbr_id, code, num_code, name }) => {
      const before = known.get(cbr_id);
      if (!before) return { cbr_id, code, num_code, name, name_en: null };
      return {
        ...before,
        code: before.code === cbr_id ? code : before.code,
        name: before.name === cbr_id ? name : before.name,
        num_code: before.num_code ?? num_code,
      };
    }),
  );
}

/** Fills in known letter codes that a sheet lacks. */
export async function withKnownCodes<F extends Fixing>(
  unit: Unit,
  fixings: readonly F[],
): Promise<F[]> {
  if (fixings.every(({ cbr_id, code }) => code !== cbr_id)) return [...fixings];
  const known = await knownCurrencies(unit);
  return fixings.map((fixing) =>
    fixing.code === fixing.cbr_id
      ? { ...fixing, code: known.get(fixing.cbr_id)?.code ?? fixing.code }
      : fixing,
  );
}

/** Adds currencies of the dictionary, and stores its names; a code that it lacks stays unchanged. */
export async function learnFromDictionary(
  unit: Unit,
  entries: readonly DictionaryEntry[],
): Promise<void> {
  const known = await knownCurrencies(unit);
  await store(
    unit,
    known,
    entries.map(({ cbr_id, code, num_code, name, name_en }) => {
      const before = known.get(cbr_id);
      return {
        ...{
          cbr_id,
          name: name ?? before?.name ?? code,
          name_en: name_en ?? before?.name_en ?? null,
        },
        num_code: num_code ?? before?.num_code ?? null,
        code: code === cbr_id ? (before?.code ?? code) : code,
      };
    }),
  );
}

/** Adds an unknown ID of a record; its code is the ID. */
export async function learnUnknown(unit: Unit, cbr_id: string): Promise<CurrencyEntity> {
  const known = (await knownCurrencies(unit)).get(cbr_id);
  if (known) return known;
  const currency = { cbr_id, code: cbr_id, name: cbr_id, name_en: null, num_code: null };
  await unit.insert(CurrencyEntity, [currency]);
  return currency;
}

/** All known currencies, by the bank's ID. */
export async function knownCurrencies(unit: Unit): Promise<Known> {
  const rows = await unit.select(CurrencyEntity, 'currency').getMany();
  return new Map(rows.map((row) => [row.cbr_id, row]));
}

async function store(unit: Unit, known: Known, currencies: CurrencyEntity[]): Promise<void> {
  const added = currencies.filter(({ cbr_id }) => !known.has(cbr_id));
  await unit.insert(CurrencyEntity, added);
  for (const currency of currencies) {
    const before = known.get(currency.cbr_id);
    if (!before || isSame(before, currency)) continue;
    await unit.update(CurrencyEntity, { cbr_id: currency.cbr_id }, currency);
  }
}

function isSame(one: CurrencyEntity, other: CurrencyEntity): boolean {
  return (['code', 'name', 'name_en', 'num_code'] as const).every(
    (field) => one[field] === other[field],
  );
}
