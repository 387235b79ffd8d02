import { type RowsAnswer, ShortAnswer, textRows } from '../../http/answers/index.js';
import { xmlText } from '../answers/index.js';
import { dataSetForm, xmlForm } from './data-table.js';
import { SoapFaultError } from './soap.errors.js';
import type { Rows, SoapOperation } from './soap-operation.js';
import { SoapParameters } from './soap-parameters.js';
import type { SoapRequest } from './soap-request.js';
import { envelopeOf } from './soap-version.js';
import { BANK_NAMESPACE, servedNames } from './wsdl.js';

/** Answer to a call. */
interface SoapAnswer {
  body: RowsAnswer;
  /** Letter codes of figures that are held, and therefore left out. */
  quarantined?: readonly string[];
}

/** Carries out calls of the operations that it was given. */
export class SoapService {
  private readonly served: ReadonlyMap<string, SoapOperation>;

  constructor(readonly operations: readonly SoapOperation[]) {
    this.served = new Map(
      operations.flatMap((operation) => servedNames(operation).map((name) => [name, operation])),
    );
  }

  /** @throws SoapFaultError, SheetNotLoadedError, BookNotLoadedError */
  async answer(request: SoapRequest): Promise<SoapAnswer> {
    const operation = this.served.get(request.operation);
    if (!operation) throw SoapFaultError.unknownOperation(request.version);
    if (!('table' in operation)) {
      const { before, after, type } = frameOf(request);
      return {
        body: new ShortAnswer(Buffer.from(before + xmlText(operation.value()) + after), type),
      };
    }
    const rows = await operation.rows(new SoapParameters(request));
    const form = request.operation === operation.name ? dataSetForm : xmlForm;
    const body = await tableBody(request, rows, form(operation.table, rows.onDate));
    return { body, quarantined: rows.quarantined };
  }
}

function tableBody(
  request: SoapRequest,
  { pages }: Rows<unknown>,
  { open, close, row }: ReturnType<typeof xmlForm>,
): Promise<RowsAnswer> {
  const { before, after, type } = frameOf(request);
  return textRows(pages, { type, open: before + open, row, close: close + after });
}

/** Everything around a result. */
function frameOf({ version, operation }: SoapRequest): {
  before: string;
  after: string;
  type: string;
} {
  const { before, after } = envelopeOf(version);
  return {
    before: `${before}<${operation}Response xmlns="${BANK_NAMESPACE}"><${operation}Result>`,
    after: `</${operation}Result></${operation}Response>${after}`,
    type: version.contentType,
  };
}
