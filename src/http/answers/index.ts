/** Formats, row streams, ETags and freshness of answers. */
export { ApiLongAnswers, ApiRow, ApiRows } from './api-rows.js';
export {
  Cacheable,
  ConditionalGet,
  isCached,
  isCacheableForADay,
  isNamed,
  isUnchangedSince,
  cacheForADay,
  Cached,
  NotModified,
  OF_THE_BODY,
  ReadByPost,
} from './conditional-get.js';
export { DataVersion } from './data-version.js';
export {
  acceptedFormat,
  checkFormatSuffix,
  MEDIA_TYPES,
  readFormatSuffix,
  WantedFormat,
} from './format.js';
export { Freshness } from './freshness.js';
export { nameQuarantined } from './quarantined.js';
export {
  allRows,
  type AnswerSender,
  jsonArray,
  LongAnswer,
  oneRow,
  oneText,
  rows,
  type RowsAnswer,
  type RowText,
  ShortAnswer,
  textRows,
} from './row-stream.js';
export { varyByEncoding } from './vary.js';
