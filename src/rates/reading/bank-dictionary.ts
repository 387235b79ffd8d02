import { Injectable } from '@nestjs/common';
import { Reader } from '../../database/reader.js';
import { dictionaryOf, type DocumentLine, RateBooks } from '../book/index.js';
import { SheetNotLoadedError } from '../model/index.js';
import { documentBytes } from './document-bytes.js';

/** Reads the bank's own dictionary of currencies (`XML_valFull`), the newest that is stored. */
@Injectable()
export class BankDictionary {
  /** Read once, because every mirrored document needs it. */
  private read: { id: number; bytes: Promise<Buffer> } | undefined;

  constructor(
    private readonly reader: Reader,
    private readonly books: RateBooks,
  ) {}

  /** Metadata of the stored dictionary; `sha256` identifies its content. @throws SheetNotLoadedError, BookNotLoadedError */
  get document(): DocumentLine {
    const document = dictionaryOf(this.books.current);
    if (!document) throw new SheetNotLoadedError("The bank's dictionary");
    return document;
  }

  /** As the bank served it, in its encoding. @throws SheetNotLoadedError, BookNotLoadedError, database errors */
  async bytes(): Promise<Buffer> {
    const { id } = this.document;
    if (this.read?.id !== id) {
      const read = { id, bytes: documentBytes(this.reader, id) };
      this.read = read;
      read.bytes.catch(() => {
        if (this.read === read) this.read = undefined;
      });
    }
    return this.read.bytes;
  }
}
