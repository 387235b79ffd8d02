import { Injectable } from '@nestjs/common';
import type { StoredVersion } from '../../../rates/model/index.js';
import { OfficialSeries } from '../../../rates/reading/index.js';
import { SeriesIds } from '../../answers/index.js';
import { rateColumns, VALUTE_DATA } from '../bank-rate.js';
import type { DataTable } from '../data-table.js';
import type { Rows, TableOperation, WsdlParameter } from '../soap-operation.js';
import type { SoapParameters } from '../soap-parameters.js';

const { cursDate, id, vnom, vcurs, vunitRate } = rateColumns;

/** The fixings of a currency by its bank ID, each on the day for which it was set; of a parent those of its children. */
@Injectable()
export class GetCursDynamic implements TableOperation<StoredVersion> {
  readonly name = 'GetCursDynamic';
  readonly parameters: readonly WsdlParameter[] = [
    { name: 'FromDate', type: 'dateTime' },
    { name: 'ToDate', type: 'dateTime' },
    { name: 'ValutaCode', type: 'string' },
  ];

  readonly table: DataTable<StoredVersion> = {
    dataSet: VALUTE_DATA,
    row: 'ValuteCursDynamic',
    columns: [cursDate, id, vnom, vcurs, vunitRate],
  };

  constructor(
    private readonly series: OfficialSeries,
    private readonly seriesIds: SeriesIds,
  ) {}

  async rows(parameters: SoapParameters): Promise<Rows<StoredVersion>> {
    const [from, to] = [parameters.day('FromDate'), parameters.day('ToDate')];
    const asked = { ids: await this.seriesIds.of(parameters.text('ValutaCode')), from, to };
    return { pages: this.series.records(asked), quarantined: this.series.quarantined(asked) };
  }
}
