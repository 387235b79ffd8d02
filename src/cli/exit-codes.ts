export const EXIT_SUCCESS = 0;
export const EXIT_FAILURE = 1;
/** sysexits.h: the command was used incorrectly. */
export const EX_USAGE = 64;
/** sysexits.h: something is misconfigured. */
export const EX_CONFIG = 78;

/** For the help of every command, and of all of them. */
export const EXIT_CODES_HELP = `
Exit codes:
  0   done
  1   not done, or not all of it; why was said
  64  the command line is not understood
  78  a setting is wrong`;
