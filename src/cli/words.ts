import { parseArgs, type ParseArgsConfig } from 'node:util';
import { messageOf } from '../common/message-of.js';
import { UsageError } from './command.js';

/**
 * Reads `--name value` and `--name`; nothing else is understood.
 *
 * @throws UsageError
 */
export function optionsIn<Options extends NonNullable<ParseArgsConfig['options']>>(
  words: string[],
  options: Options,
): ReturnType<typeof parseArgs<{ args: string[]; options: Options }>>['values'] {
  try {
    return parseArgs({ args: words, options }).values;
  } catch (thrown) {
    throw new UsageError(messageOf(thrown));
  }
}
