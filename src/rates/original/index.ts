/** Routes under `/rates`, compatible with the original service. */
export { RatesController } from './rates.controller.js';
export {
  CodeOrIdParameter,
  CodeParameter,
  CreateRate,
  rejectEmptyEdit,
  UpdateRate,
} from './rates.dto.js';
export { StoredRates } from './stored-rates.js';
