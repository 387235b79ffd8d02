import type { ShortAnswer } from '../../http/answers/index.js';
import { XML_TYPE } from '../answers/index.js';
import { BankController, BankDateQuery, BankRoute } from './bank-controller.js';
import { errorInParameters } from './error-document.js';

/** Prices of precious metals, which are not stored. */
@BankController()
export class MetalsController {
  /** Not stored yet: the bank's "Error in parameters", with status 200. */
  @BankRoute('xml_metall.asp')
  @BankDateQuery('date_req1', 'First day', { required: true })
  @BankDateQuery('date_req2', 'Last day', { required: true })
  getMetals(): ShortAnswer {
    return errorInParameters(XML_TYPE);
  }
}
