/** Of Jest's global configuration. */
interface Options {
  watch?: boolean;
  watchAll?: boolean;
  collectCoverage?: boolean;
}

export const JEST: string;
export function isAlone(options: Options, source: string): boolean;
