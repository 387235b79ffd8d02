import type { CurrencyEntity } from './currency.entity.js';

/** Currencies of the bank, by ID and by letter code. */
export class CurrencyList {
  private readonly byId: ReadonlyMap<string, CurrencyEntity>;
  private readonly idsByCode = new Map<string, string[]>();

  /** @param all ordered by ID */
  constructor(readonly all: readonly CurrencyEntity[]) {
    this.byId = new Map(all.map((currency) => [currency.cbr_id, currency]));
    for (const { cbr_id, code } of all) {
      const others = this.idsByCode.get(code);
      if (others) others.push(cbr_id);
      else this.idsByCode.set(code, [cbr_id]);
    }
  }

  get(cbr_id: string): CurrencyEntity | undefined {
    return this.byId.get(cbr_id);
  }

  /** Distinct letter codes. */
  get codes(): string[] {
    return [...this.idsByCode.keys()];
  }

  /** Groups of IDs with the same letter code. */
  get sharing(): string[][] {
    return [...this.idsByCode.values()].filter(({ length }) => length > 1);
  }

  /** The bank's IDs of a letter code: usually one, two for DEM and SAR, none for a code unknown to the bank. */
  idsOf(code: string): readonly string[] {
    return this.idsByCode.get(code) ?? [];
  }
}
