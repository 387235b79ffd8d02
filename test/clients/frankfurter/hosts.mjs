// Does what a line of the hosts file does: api.frankfurter.dev is the server on TEST_PORT of this machine.
import tls from 'node:tls';

const { connect } = tls;
tls.connect = (options, ...others) => {
  if (options.host !== 'api.frankfurter.dev') throw new Error(`Unexpected host ${options.host}`);
  return connect({ ...options, host: '127.0.0.1', port: Number(process.env.TEST_PORT) }, ...others);
};
