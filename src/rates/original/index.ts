/** The routes under `/rates`, as the original service had them. */
export { RatesController } from './rates.controller.js';
export {
  CodeOrIdParameter,
  CodeParameter,
  CreateRate,
  refuseEmptyEdit,
  UpdateRate,
} from './rates.dto.js';
export { StoredRates } from './stored-rates.js';
