/** Strict parsing of queries and bodies. */
export { JSON_BODIES, TakesJson } from './json-body.js';
export { NoParameters } from './no-parameters.dto.js';
export { AnyQuery, takesAnyQuery } from './any-query.js';
export { parametersOf, queryOf, readQuery } from './query.js';
export { StrictValidation } from './validation.js';
