/** HTTP errors and problem documents (RFC 9457). */
export {
  ApiDatabaseProblem,
  ApiInvalidRequest,
  ApiProblem,
  ApiWriteProblems,
  problemContent,
} from './api-problem.js';
export {
  AddressTooLongError,
  BrokenRequestError,
  CannotListenError,
  ForeignHostError,
  ForeignWriteError,
  KeyError,
  MalformedRequestError,
  MethodNotAllowedError,
  NotAcceptableError,
  ReadOnlyError,
  ScopeError,
  TooManyExportsError,
  TooManyExportsFromAddressError,
  TooManyRequestsError,
  UnknownAddressError,
  UnsupportedMediaTypeError,
} from './http.errors.js';
export { Problem } from './problem.dto.js';
export { problemOf, retryAfterSeconds } from './problem.js';
