import type { KursError } from '../common/kurs.error.js';

/** The HTTP status of every failure that Kurs names, by its code, or by its room where all of them share one. */
const STATUS: Readonly<Record<string, number>> = {
  'http.invalid_request': 422,
  'http.not_found': 404,
  'http.method_not_allowed': 405,
  'http.foreign_write': 403,
  'http.key_required': 401,
  'http.key_unknown': 401,
  'http.scope_missing': 403,
  'http.read_only': 403,
  'http.foreign_host': 403,
  'http.broken_request': 400,
  'http.request_timeout': 408,
  'http.uri_too_long': 414,
  'http.headers_too_large': 431,
  'http.too_many_requests': 429,
  'http.too_many_exports': 503,
  'rates.not_found': 404,
  'http.not_acceptable': 406,
  'rates.unknown_code': 404,
  'rates.not_loaded': 404,
  'rates.not_set': 404,
  'rates.no_sheet': 404,
  'rates.changed': 412,
  'rates.not_quarantined': 404,
  'rates.already_decided': 409,
  'rates.key_reused': 422,
  'gateway.resync_required': 410,
  'gateway.foreign_origin': 403,
  'gateway.full': 503,
  'gateway.stopping': 503,
  'gateway.too_many_connections': 429,
  'gateway.upgrade_required': 426,
  'rpc.malformed_request': 400,
  'rpc.answer_too_large': 413,
  'database.busy': 503,
  'database.unavailable': 503,
  'database.full': 503,
  gateway: 400,
  health: 503,
  cbr: 502,
  tasks: 503,
};

export function problemStatus({ code }: KursError): number {
  return STATUS[code] ?? STATUS[code.slice(0, code.indexOf('.'))] ?? 500;
}
