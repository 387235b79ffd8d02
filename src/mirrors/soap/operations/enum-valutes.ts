import { Injectable } from '@nestjs/common';
import type { PrintedItem } from '../../../cbr/cbr-dictionary-xml.js';
import { DictionaryReader, onePage } from '../../answers/index.js';
import { paddedName, VALUTE_DATA } from '../bank-rate.js';
import type { DataTable } from '../data-table.js';
import type { Rows, TableOperation, WsdlParameter } from '../soap-operation.js';

/** Widths of codes in the service's database, which pads them. */
const ID_WIDTH = 20;
const PARENT_WIDTH = 10;

const valueOrNone = (text: string) => (text === '' ? null : text);

/**
 * The bank's dictionary. `Seld` told daily from monthly currencies, of which there are none since 2010, and does not
 * matter, like `d` of XML_valFull.
 */
@Injectable()
export class EnumValutes implements TableOperation<PrintedItem> {
  readonly name = 'EnumValutes';
  readonly parameters: readonly WsdlParameter[] = [{ name: 'Seld', type: 'boolean' }];

  readonly table: DataTable<PrintedItem> = {
    dataSet: VALUTE_DATA,
    row: 'EnumValutes',
    columns: [
      { name: 'Vcode', type: 'string', text: ({ id }) => id.padEnd(ID_WIDTH) },
      { name: 'Vname', type: 'string', text: ({ name }) => paddedName(name) },
      { name: 'VEngname', type: 'string', text: ({ name_en }) => paddedName(name_en) },
      { name: 'Vnom', type: 'decimal', text: ({ nominal }) => nominal },
      { name: 'VcommonCode', type: 'string', text: ({ parent }) => parent.padEnd(PARENT_WIDTH) },
      { name: 'VnumCode', type: 'int', text: ({ num_code }) => valueOrNone(num_code) },
      { name: 'VcharCode', type: 'string', text: ({ code }) => valueOrNone(code) },
    ],
  };

  constructor(private readonly dictionary: DictionaryReader) {}

  async rows(): Promise<Rows<PrintedItem>> {
    return { pages: onePage([...(await this.dictionary.items()).values()]) };
  }
}
