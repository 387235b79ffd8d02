import { EventEmitter } from 'node:events';
import { Logger } from '@nestjs/common';
import { newApiKey } from '../../config/api-key.js';
import { Settings } from '../../config/settings.js';
import { ApiKeys } from './api-keys.js';
import { isLoopbackAddress, isLoopbackHost } from './loopback.js';
import { WriteAccess } from './write-access.js';

function accessOf(boundTo: string, API_KEYS = ''): WriteAccess {
  const settings = Object.assign(new Settings(), { API_KEYS, HOST: boundTo });
  const server = Object.assign(new EventEmitter(), {
    address: () => ({ address: boundTo, family: 'IPv4', port: 3000 }),
  });
  const access = new WriteAccess(new ApiKeys(settings));
  access.watch(server as never);
  server.emit('listening');
  // A closing server has no address, but still answers.
  Object.assign(server, { address: () => null });
  return access;
}

/** The text of its warning is tested in journeys/start. */
beforeAll(() => {
  Logger.overrideLogger(false);
});

describe('writes without keys', () => {
  it.each([
    'localhost:3000',
    '127.0.0.1:3000',
    '127.0.0.1',
    '[::1]:3000',
    '127.8.8.8',
    'LOCALHOST',
  ])('are accepted for %s on a loopback address', (host) => {
    expect(accessOf('127.0.0.1').callerFor('write', { headers: { host } })).toBeNull();
    expect(accessOf('::1').callerFor('tasks', { headers: { host } })).toBeNull();
  });

  it.each([
    'kurs.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '10.0.0.1',
    '',
    'a b',
  ])(
    'are rejected for the host "%s", whose name may resolve to this machine (DNS rebinding)',
    (host) => {
      const refused = () => accessOf('127.0.0.1').callerFor('write', { headers: { host } });
      expect(refused).toThrow(expect.objectContaining({ code: 'http.foreign_host' }) as Error);
    },
  );

  it.each([
    ...['x-forwarded-for', 'forwarded', 'via', 'x-real-ip', 'x-forwarded-host'],
    ...['x-forwarded-proto', 'x-forwarded-port', 'x-forwarded-prefix'],
  ])('are rejected through a proxy (%s)', (name) => {
    const headers = { host: 'localhost', [name]: '10.0.0.1' };
    const refused = () => accessOf('127.0.0.1').callerFor('write', { headers });
    expect(refused).toThrow(expect.objectContaining({ code: 'http.foreign_host' }) as Error);
  });

  it.each(['0.0.0.0', '::', '192.168.1.5'])(
    'are rejected on %s: the service is read-only',
    (host) => {
      const refused = () => accessOf(host).callerFor('write', { headers: { host: 'localhost' } });
      expect(refused).toThrow(expect.objectContaining({ code: 'http.read_only' }) as Error);
    },
  );
});

describe('writes with keys', () => {
  const erp = newApiKey('erp', ['write']);
  const rotated = newApiKey('erp', ['write']);
  const cron = newApiKey('cron', ['tasks']);
  const access = accessOf('0.0.0.0', [erp.line, rotated.line, cron.line].join(','));

  it('are accepted with a key of the scope, in either header', () => {
    const byHeader = { headers: { 'x-api-key': erp.key } };
    expect(access.callerFor('write', byHeader)).toBe('erp');
    const byBearer = { headers: { authorization: `Bearer ${rotated.key}` } };
    expect(access.callerFor('write', byBearer)).toBe('erp');
    expect(access.callerFor('tasks', { headers: { 'x-api-key': cron.key } })).toBe('cron');
  });

  it.each([
    ['http.key_required', {}],
    ['http.key_required', { authorization: `Basic ${erp.key}` }],
    ['http.key_required', { 'x-api-key': '' }],
    ['http.key_unknown', { 'x-api-key': `${erp.key}x` }],
    ['http.key_unknown', { 'x-api-key': erp.line }],
    ['http.key_unknown', { 'x-api-key': erp.line.split(':')[2] ?? '' }],
    ['http.scope_missing', { 'x-api-key': cron.key }],
  ])('are rejected with %s for %o', (code, headers) => {
    const refused = () => access.callerFor('write', { headers: { host: 'localhost', ...headers } });
    expect(refused).toThrow(expect.objectContaining({ code }) as Error);
  });

  it('never quote a wrong key', () => {
    const headers = { 'x-api-key': 'kurs_sesame' };
    expect(() => access.callerFor('write', { headers })).not.toThrow(/sesame/);
  });

  it('combine the scopes of a key with several entries', () => {
    const sum = `${erp.line},${erp.line.replace(':write:', ':tasks:')}`;
    const both = accessOf('0.0.0.0', sum);
    expect(both.callerFor('tasks', { headers: { 'x-api-key': erp.key } })).toBe('erp');
  });
});

describe('loopback', () => {
  it('includes only addresses that no other machine can reach', () => {
    const own = ['127.0.0.1', '127.255.0.9', '::1', '::ffff:127.0.0.1'];
    expect(own.every(isLoopbackAddress)).toBe(true);
    const others = ['0.0.0.0', '::', '10.0.0.1', '::2', 'localhost', '', '::ffff:10.0.0.1'];
    expect(others.some(isLoopbackAddress)).toBe(false);
    expect(isLoopbackHost(undefined)).toBe(false);
  });
});
