import { readFileSync } from 'node:fs';
import {
  type Authenticator,
  credsAuthenticator,
  type NodeConnectionOptions,
  tokenAuthenticator,
  usernamePasswordAuthenticator,
} from '@nats-io/transport-node';
import type { Settings } from '../config/settings.js';

const DEFAULT_PORT = '4222';

/** Where the broker is, and how Kurs proves who it is: by a credentials file, or by what the first address of NATS_URL holds. */
export function connectOptions(settings: Settings): NodeConnectionOptions {
  const addresses = settings.NATS_URL.split(',').map((text) => new URL(text));
  const authenticator = authenticatorOf(settings, addresses[0]);
  const tls = tlsOptions(settings, addresses);
  return {
    name: 'kurs',
    servers: addresses.map(({ hostname, port }) => `${hostname}:${port || DEFAULT_PORT}`),
    ...(authenticator && { authenticator }),
    ...(tls && { tls }),
  };
}

function authenticatorOf(
  { NATS_CREDS_FILE: file }: Settings,
  address: URL | undefined,
): Authenticator | undefined {
  // Read on every connection: credentials are renewed.
  if (file !== '') return credsAuthenticator(() => readFileSync(file));
  if (!address || address.username === '') return undefined;
  const name = decodeURIComponent(address.username);
  if (address.password === '') return tokenAuthenticator(name);
  return usernamePasswordAuthenticator(name, decodeURIComponent(address.password));
}

/** A server that demands TLS gets it anyway; this is for those who demand it themselves, or have an authority of their own. */
function tlsOptions(
  { NATS_CA_FILE, NATS_CERT_FILE, NATS_KEY_FILE }: Settings,
  addresses: URL[],
): NodeConnectionOptions['tls'] {
  const isWanted = addresses.some(({ protocol }) => protocol === 'tls:');
  if (!isWanted && NATS_CA_FILE === '' && NATS_CERT_FILE === '') return undefined;
  return {
    ...(NATS_CA_FILE !== '' && { caFile: NATS_CA_FILE }),
    ...(NATS_CERT_FILE !== '' && { certFile: NATS_CERT_FILE, keyFile: NATS_KEY_FILE }),
  };
}
