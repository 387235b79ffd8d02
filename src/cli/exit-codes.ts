export const EXIT_SUCCESS = 0;
export const EXIT_FAILURE = 1;
/** `kurs verify`: nothing is known of differences. */
export const EXIT_NOT_COMPARED = 2;
/** sysexits.h: the command was used incorrectly. */
export const EX_USAGE = 64;
/** sysexits.h: something is misconfigured. */
export const EX_CONFIG = 78;

/** Part of every help text. */
export const EXIT_CODES_HELP = `
Exit codes:
  0   success
  1   failure, complete or partial; the error output says why
  64  invalid command line
  78  invalid setting`;
