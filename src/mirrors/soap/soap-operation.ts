import type { DataTable } from './data-table.js';
import type { SoapParameters } from './soap-parameters.js';

/** A parameter in the WSDL. */
export interface WsdlParameter {
  name: string;
  type: 'dateTime' | 'string' | 'boolean';
}

interface Described {
  readonly name: string;
  readonly parameters: readonly WsdlParameter[];
}

/** Rows of a table, with the date that the bank gives them as a whole, if any: `yyyymmdd`. */
export interface Rows<Row> {
  onDate?: string;
  pages: AsyncIterator<Row[]>;
  /** Letter codes of figures that are held, and therefore left out. */
  quarantined?: readonly string[];
}

/** An operation that answers a table: served under its name as a DataSet, and under `<name>XML` as XML. */
export interface TableOperation<Row = unknown> extends Described {
  readonly table: DataTable<Row>;
  /** @throws SoapFaultError, SheetNotLoadedError, BookNotLoadedError */
  rows(parameters: SoapParameters): Promise<Rows<Row>> | Rows<Row>;
}

/** An operation that answers one value. */
export interface ValueOperation extends Described {
  readonly type: 'dateTime' | 'string';
  /** @throws SheetNotLoadedError, BookNotLoadedError */
  value(): string;
}

export type SoapOperation = TableOperation | ValueOperation;
