import { Injectable } from '@nestjs/common';
import { UNLISTED_CURRENCIES } from '../../rates/model/index.js';
import { OfficialSeries } from '../../rates/reading/index.js';
import { DictionaryReader } from './dictionary-items.js';

/** Which of the bank's IDs a series has the records of. */
@Injectable()
export class SeriesIds {
  constructor(
    private readonly dictionary: DictionaryReader,
    private readonly series: OfficialSeries,
  ) {}

  /**
   * The ID itself and those of which the dictionary calls it the parent; none for an ID that the bank does not have.
   *
   * @throws SheetNotLoadedError if no dictionary is stored; BookNotLoadedError, database errors
   */
  async of(id: string): Promise<string[]> {
    const items = await this.dictionary.items();
    // Some currencies stand in sheets, and the bank has no series of them.
    if (UNLISTED_CURRENCIES.some((each) => each.cbr_id === id && each.in_sheets)) return [];
    const children = [...items.values()].filter(({ parent }) => parent === id);
    // A few currencies stand in sheets or series, and in no dictionary.
    const unlisted = UNLISTED_CURRENCIES.filter(({ parent_id }) => parent_id === id);
    const ids = new Set([
      ...children.map((child) => child.id),
      ...unlisted.map(({ cbr_id }) => cbr_id),
    ]);
    if (items.has(id) || this.series.knows(id)) ids.add(id);
    return [...ids];
  }
}
