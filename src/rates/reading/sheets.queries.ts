import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../../common/calendar-date.js';
import { Reader } from '../../database/reader.js';
import {
  currenciesOn,
  type DocumentLine,
  documentsOf,
  type RateBook,
  RateBooks,
  type WithdrawnLine,
} from '../book/index.js';
import { NoSheetError } from '../model/index.js';
import { documentBytes } from './document-bytes.js';

/** Stored document, without its bytes; fields as in `sheets.dto.ts`. */
type DocumentSummary = Omit<DocumentLine, 'id' | 'is_built'> & { built: boolean };

/** Content of a stored document. */
interface DocumentContent {
  bytes: Buffer;
  /** Whether another Kurs built it. */
  isBuilt: boolean;
}

/** A withdrawal in effect. */
type WithdrawalSummary = Pick<WithdrawnLine, 'cause' | 'reason' | 'withdrawn_by' | 'withdrawn_at'>;

/** Stored fixings of one date. */
export interface SheetSummary {
  date: CalendarDate;
  fetched_at: string;
  sha256: string;
  currencies: number;
  withdrawn: WithdrawalSummary | null;
  documents: DocumentSummary[];
}

/** Provenance of figures: the bank's documents. */
@Injectable()
export class SheetsQueries {
  constructor(
    private readonly reader: Reader,
    private readonly books: RateBooks,
  ) {}

  /**
   * Summary of a date. Sheets come first, the one that the bank published last before others.
   *
   * @throws NoSheetError, BookNotLoadedError
   */
  sheet(date: CalendarDate): SheetSummary {
    const book = this.books.current;
    const documents = documentsOf(book, date).map(summaryOf);
    const [first] = documents;
    if (!first) throw new NoSheetError(date, 'no fixing of that date is stored');
    const { fetched_at, sha256 } = first;
    const currencies = currenciesOn(book, date);
    const withdrawn = withdrawalOf(book, date);
    return { date, fetched_at, sha256, currencies, withdrawn, documents };
  }

  /**
   * Bytes of a document of the date as received; without `sha256` the sheet that its figures come from, if the bank
   * sent one.
   *
   * @throws NoSheetError, BookNotLoadedError, or the database's error
   */
  async bytes(date: CalendarDate, sha256: string | undefined): Promise<DocumentContent> {
    const documents = documentsOf(this.books.current, date);
    const wanted = documents.find((document) =>
      sha256 === undefined ? document.kind === 'daily' : document.sha256 === sha256,
    );
    if (!wanted) {
      const reason =
        documents.length === 0
          ? 'no fixing of that date is stored'
          : 'no such document; name one of /v1/sheets/{date} by its sha256';
      throw new NoSheetError(date, reason);
    }
    const bytes = await documentBytes(this.reader, wanted.id);
    return { bytes, isBuilt: wanted.is_built === 1 };
  }
}

function summaryOf({ id: _, is_built, ...document }: DocumentLine): DocumentSummary {
  return { ...document, built: is_built === 1 };
}

function withdrawalOf({ parts }: RateBook, date: CalendarDate): WithdrawalSummary | null {
  const line = parts.withdrawn.find((each) => each.date === date && each.restored_at === null);
  if (!line) return null;
  const { cause, reason, withdrawn_by, withdrawn_at } = line;
  return { cause, reason, withdrawn_by, withdrawn_at };
}
