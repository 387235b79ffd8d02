import { Injectable } from '@nestjs/common';
import { SheetNotLoadedError, type StoredVersion } from '../../../rates/model/index.js';
import { OfficialSheets } from '../../../rates/reading/index.js';
import { compactDate, DictionaryReader, onePage } from '../../answers/index.js';
import { rateColumns, VALUTE_DATA } from '../bank-rate.js';
import type { DataTable } from '../data-table.js';
import type { Rows, TableOperation, WsdlParameter } from '../soap-operation.js';
import type { SoapParameters } from '../soap-parameters.js';

const { vname, vnom, vcurs, vcode, vchCode, vunitRate } = rateColumns;

/** The sheet in force on a day: the newest for a day after it, nothing before the bank's first. */
@Injectable()
export class GetCursOnDate implements TableOperation<StoredVersion> {
  readonly name = 'GetCursOnDate';
  readonly parameters: readonly WsdlParameter[] = [{ name: 'On_date', type: 'dateTime' }];

  readonly table: DataTable<StoredVersion> = {
    dataSet: VALUTE_DATA,
    row: 'ValuteCursOnDate',
    columns: [vname, vnom, vcurs, vcode, vchCode, vunitRate],
  };

  constructor(
    private readonly sheets: OfficialSheets,
    private readonly dictionary: DictionaryReader,
  ) {}

  async rows(parameters: SoapParameters): Promise<Rows<StoredVersion>> {
    const day = parameters.day('On_date');
    const sheet = this.sheets.inForceOn(day);
    const nameOf = await this.names();
    return {
      onDate: compactDate(sheet?.date ?? day),
      pages: onePage((sheet?.fixings ?? []).map((rate) => ({ ...rate, name: nameOf(rate) }))),
      quarantined: sheet?.quarantined,
    };
  }

  /** Unlike a sheet, which has `Иранских риалов`, the service has the dictionary's `Иранский риал`. */
  private async names(): Promise<(rate: StoredVersion) => string> {
    try {
      const items = await this.dictionary.items();
      return ({ cbr_id, name }) => items.get(cbr_id ?? '')?.name ?? name;
    } catch (thrown) {
      if (!(thrown instanceof SheetNotLoadedError)) throw thrown;
      return ({ name }) => name;
    }
  }
}
