import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeAccount, encodeOperator, encodeUser, fmtCreds } from '@nats-io/jwt';
import { createAccount, createOperator, createUser } from '@nats-io/nkeys';
import { generate } from 'selfsigned';

const NO_LIMIT = -1;
const HOUR_MS = 3_600_000;

/** Configuration of nats-server, and the settings with which Kurs has access. */
export interface BrokerAccess {
  /** Lines of the server's configuration file. */
  config: string;
  environment: Record<string, string>;
}

/** An operator, an account with JetStream and one user, all with signed JWTs. */
export async function byCredentialsFile(): Promise<BrokerAccess> {
  const [operator, system, account, user] = [
    createOperator(),
    createAccount(),
    createAccount(),
    createUser(),
  ];
  const jetstream = {
    mem_storage: NO_LIMIT,
    disk_storage: NO_LIMIT,
    streams: NO_LIMIT,
    consumer: NO_LIMIT,
  };
  const operatorJwt = await encodeOperator('kurs', operator, {
    system_account: system.getPublicKey(),
  });
  const systemJwt = await encodeAccount('SYS', system, {}, { signer: operator });
  const accountJwt = await encodeAccount(
    'rates',
    account,
    { limits: { conn: NO_LIMIT, subs: NO_LIMIT, data: NO_LIMIT, payload: NO_LIMIT, ...jetstream } },
    { signer: operator },
  );
  const userJwt = await encodeUser('service', user, account, {});
  const file = join(folder(), 'user.creds');
  writeFileSync(file, fmtCreds(userJwt, user));
  const config = [
    `operator: ${operatorJwt}`,
    'resolver: MEMORY',
    'resolver_preload: {',
    `${system.getPublicKey()}: ${systemJwt}`,
    `${account.getPublicKey()}: ${accountJwt}`,
    '}',
  ].join('\n');
  return { config, environment: { NATS_CREDS_FILE: file } };
}

/** A server that requires TLS with client certificates, all from one CA. */
export async function byTls(): Promise<BrokerAccess> {
  const place = folder();
  const keep = (name: string, text: string) => {
    writeFileSync(join(place, name), text);
    return join(place, name);
  };
  const notAfterDate = new Date(Date.now() + HOUR_MS);
  const authority = await generate([{ name: 'commonName', value: 'Kurs tests' }], {
    notAfterDate,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const ca = { key: authority.private, cert: authority.cert };
  const issue = (commonName: string) =>
    generate([{ name: 'commonName', value: commonName }], {
      notAfterDate,
      ca,
      extensions: [
        { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] },
        { name: 'extKeyUsage', serverAuth: true, clientAuth: true },
      ],
    });
  const [server, client] = [await issue('localhost'), await issue('kurs')];
  const caFile = keep('ca.pem', authority.cert);
  const config = `tls {
  cert_file: "${keep('server.pem', server.cert)}"
  key_file: "${keep('server-key.pem', server.private)}"
  ca_file: "${caFile}"
  verify: true
}`;
  const environment = {
    NATS_CA_FILE: caFile,
    NATS_CERT_FILE: keep('client.pem', client.cert),
    NATS_KEY_FILE: keep('client-key.pem', client.private),
  };
  return { config, environment };
}

function folder(): string {
  return mkdtempSync(join(tmpdir(), 'kurs-access-'));
}
