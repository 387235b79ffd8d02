import { ShortAnswer } from '../../http/answers/index.js';

/** Byte for byte what the bank sends, with status 200, for whatever it cannot answer. */
const ERROR_DOCUMENT = Buffer.from(
  '<?xml version="1.0" encoding="windows-1251"?><ValCurs>\r\n Error in parameters\r\n</ValCurs>',
);

export function errorInParameters(type: string): ShortAnswer {
  return new ShortAnswer(ERROR_DOCUMENT, type);
}
