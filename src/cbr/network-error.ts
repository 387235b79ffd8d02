import { isAxiosError } from 'axios';
import { messageOf } from '../common/message-of.js';
import { CbrError } from './cbr.errors.js';

/** Codes of Node and OpenSSL for rejected certificates: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const CERTIFICATE =
  /^(?:CERT_|CRL_|DEPTH_ZERO_|ERR_TLS_CERT_|ERR_OSSL_X509|HOSTNAME_|INVALID_(?:CA|PURPOSE)|SELF_SIGNED_|UNABLE_TO_)/;

/** Maps a network failure to a CbrError. */
export function networkError(thrown: unknown): CbrError {
  const ours = causes(thrown).find((cause) => cause instanceof CbrError);
  if (ours) return ours;
  const options = { cause: thrown };
  const reason = messageOf(thrown);
  const code = codeOf(thrown);
  if (code === 'ERR_FR_TOO_MANY_REDIRECTS') {
    return new CbrError('http_status', 'The bank redirects in a loop', options);
  }
  if (code === 'ERR_FR_REDIRECTION_FAILURE') {
    return new CbrError('http_status', `The bank's redirect is unusable: ${reason}`, options);
  }
  if (CERTIFICATE.test(code)) {
    return new CbrError('untrusted', `The bank's certificate is not trusted: ${reason}`, options);
  }
  if (code === 'Z_DATA_ERROR') {
    return new CbrError('malformed', `The answer cannot be decompressed: ${reason}`, options);
  }
  return isAxiosError(thrown)
    ? new CbrError('unreachable', `The bank cannot be reached: ${reason}`, options)
    : new CbrError('truncated', `The answer broke off: ${reason}`, options);
}

/** The failure and its causes: follow-redirects wraps what its listener throws. */
function causes(thrown: unknown): Error[] {
  const found: Error[] = [];
  for (let cause = thrown; cause instanceof Error; cause = cause.cause) {
    if (found.push(cause) > 10) break;
  }
  return found;
}

function codeOf(thrown: unknown): string {
  const { code } = (thrown ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : '';
}
