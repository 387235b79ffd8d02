import { Injectable } from '@nestjs/common';
import { type PrintedItem, printedItems } from '../../cbr/cbr-dictionary-xml.js';
import { decodeDocument } from '../../cbr/cbr-text.js';
import { BankDictionary } from '../../rates/reading/index.js';

/** The currencies of the bank's dictionary by ID, in its order, each field as printed. */
export type DictionaryItems = ReadonlyMap<string, PrintedItem>;

/** Reads the bank's dictionary for mirrors that print its texts. */
@Injectable()
export class DictionaryReader {
  private read: { bytes: Buffer; items: DictionaryItems } | undefined;

  constructor(private readonly dictionary: BankDictionary) {}

  /** @throws SheetNotLoadedError if none is stored; BookNotLoadedError, database errors */
  async items(): Promise<DictionaryItems> {
    const bytes = await this.dictionary.bytes();
    if (this.read?.bytes !== bytes) {
      const items = printedItems(decodeDocument(bytes));
      this.read = { bytes, items: new Map(items.map((item) => [item.id, item])) };
    }
    return this.read.items;
  }
}
