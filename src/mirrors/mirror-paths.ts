import type { Mirror } from '../config/setting-rules.js';

/** The paths of each mirror, in lower case: Express matches them without regard to case. */
const PATHS: Readonly<Record<Mirror, RegExp>> = {
  bank: /^\/scripts\//,
  json: /^\/(?:daily_jsonp?\.js|daily(?:_eng)?(?:_utf8)?\.xml|latest\.js|archive\/)/,
  soap: /^\/dailyinfowebserv\//,
  tsv: /^\/(?:exchangerate\/v1\/)?tsv\//,
  frankfurter: /^\/(?:v2|frankfurter)(?:\/|$)/,
};

/** The mirror, among those that are open, that a path belongs to. */
export function mirrorOf(path: string, open: readonly Mirror[]): Mirror | undefined {
  const lower = path.toLowerCase();
  return open.find((mirror) => PATHS[mirror].test(lower));
}
