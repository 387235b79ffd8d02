import { settingsFrom } from './environment.js';
import { Settings } from './settings.js';

describe('settings', () => {
  it('keep their defaults if absent or empty', () => {
    expect(settingsFrom({ PORT: '', LOG_LEVEL: ' ' })).toEqual(new Settings());
  });

  it('take text from the environment, and empty text where it is a value', () => {
    const settings = settingsFrom({ PORT: '0', NATS_MIRROR_SUBJECT: '', CBR_TIMEOUT_MS: '5' });
    expect(settings).toMatchObject({ PORT: 0, NATS_MIRROR_SUBJECT: '', CBR_TIMEOUT_MS: 5 });
  });

  it('separate two deployments on one broker, including the mirror', () => {
    const staging = { NATS_SUBJECT_PREFIX: 'staging' };
    expect(settingsFrom({}).NATS_MIRROR_SUBJECT).toBe('rates.updates');
    expect(settingsFrom(staging).NATS_MIRROR_SUBJECT).toBe('staging.updates');
    for (const NATS_MIRROR_SUBJECT of ['', 'rates.updates', 'staging.events', 'staging.latest.all'])
      expect(settingsFrom({ ...staging, NATS_MIRROR_SUBJECT })).toMatchObject({
        NATS_MIRROR_SUBJECT,
      });
  });

  it.each(['events.all', 'events.a.b', 'hints', 'latest', 'history', 'convert', 'status'])(
    'reject <prefix>.%s as a mirror: Kurs uses that subject itself',
    (name) => {
      const mirror = { NATS_SUBJECT_PREFIX: 'a.b', NATS_MIRROR_SUBJECT: `a.b.${name}` };
      expect(() => settingsFrom(mirror)).toThrow('NATS_MIRROR_SUBJECT');
    },
  );

  it.each([['_INBOX'], ['_INBOX,_INBOX_shop,team.inbox,_R_']])(
    'accept %s as reply prefixes',
    (NATS_REPLY_PREFIXES) => {
      expect(settingsFrom({ NATS_REPLY_PREFIXES })).toMatchObject({ NATS_REPLY_PREFIXES });
    },
  );

  it.each([
    ['$JS', {}],
    ['_INBOX,$JS.API', {}],
    ['_INBOX.>', {}],
    ['*', {}],
    ['_INBOX,', {}],
    ['rates', {}],
    ['rates.events', {}],
    ['a', { NATS_SUBJECT_PREFIX: 'a.b' }],
    ['a.b.c', { NATS_SUBJECT_PREFIX: 'a.b' }],
    ['plain', { NATS_MIRROR_SUBJECT: 'plain.updates' }],
  ])(
    'reject %s as reply prefixes: answers would be commands or events',
    (NATS_REPLY_PREFIXES, others) => {
      const settings = { NATS_REPLY_PREFIXES, ...others };
      expect(() => settingsFrom(settings)).toThrow('NATS_REPLY_PREFIXES');
    },
  );

  it.each([
    'https://*.example',
    'https://*',
    'https://%2a.example',
    'https://a.example,http://*.b:80',
  ])('reject the origin pattern %s, which no browser sends', (ALLOWED_ORIGINS) => {
    const pattern = ALLOWED_ORIGINS.split(',').find((word) => word.includes('*')) ?? '';
    expect(() => settingsFrom({ ALLOWED_ORIGINS })).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(/ALLOWED_ORIGINS/) as string,
      }) as Error,
    );
    expect(() => settingsFrom({ ALLOWED_ORIGINS })).toThrow(pattern);
  });

  it.each([
    ['', ''],
    ['https://example.com', 'https://example.com'],
    ['https://example.com/kurs/', 'https://example.com/kurs'],
    ['http://10.0.0.1:8080/a/b', 'http://10.0.0.1:8080/a/b'],
  ])('accept %s as the public address', (PUBLIC_URL, taken) => {
    expect(settingsFrom({ PUBLIC_URL })).toMatchObject({ PUBLIC_URL: taken });
  });

  it.each([
    ...['example.com', '/kurs', 'ftp://example.com', 'https://u:p@example.com', 'https://'],
    ...['https://example.com/?a=1', 'https://example.com/#a', 'https://example.com/a b'],
  ])('reject %s as the public address', (PUBLIC_URL) => {
    expect(() => settingsFrom({ PUBLIC_URL })).toThrow('PUBLIC_URL');
  });

  it('are rejected if the other one of a pair is missing', () => {
    const file = 'package.json';
    expect(() => settingsFrom({ NATS_CERT_FILE: file })).toThrow(
      'NATS_CERT_FILE needs NATS_KEY_FILE',
    );
    expect(settingsFrom({ NATS_CERT_FILE: file, NATS_KEY_FILE: file })).toMatchObject({
      NATS_CERT_FILE: file,
    });
  });

  it('list all invalid names, without values', () => {
    const bad = {
      HOST: 'a b',
      PORT: 'sesame',
      DATABASE_URL: 'mysql://sesame@host',
      NATS_URL: 'http://sesame',
      NATS_CREDS_FILE: '/no/sesame',
      NATS_CERT_FILE: '/no/sesame',
      NATS_SUBJECT_PREFIX: 'sesame.*',
      EVENTS_KEEP_DAYS: '0',
      NATS_STREAM: 'sesame open',
      NATS_MIRROR_SUBJECT: 'sesame..a',
      CBR_BASE_URL: 'sesame',
      CBR_POLL_SECONDS: '0',
      CBR_WATCH_SECONDS: '0',
      CBR_TIMEOUT_MS: '-1',
      JUMP_LIMIT_PERCENT: '-20',
      API_KEYS: 'erp:write:sesame',
      TRUST_PROXY: 'sesame',
      RATE_LIMIT_PER_MINUTE: 'sesame',
      REQUEST_TIMEOUT_SECONDS: '0',
      MAX_EXPORTS: '0',
      CBR_RETRY_PAUSE_MS: 'sesame',
      CBR_REQUESTS_PER_SECOND: '0',
      CBR_MAX_SHRINK_PERCENT: '101',
      ALLOWED_ORIGINS: 'sesame',
      LOG_LEVEL: 'sesame',
      LOG_FORMAT: 'sesame',
    };
    try {
      settingsFrom(bad);
      throw new Error('not refused');
    } catch (thrown) {
      const { message, complaints } = thrown as { message: string; complaints: string[] };
      for (const name of Object.keys(bad)) expect(message).toContain(name);
      expect(complaints).toHaveLength(Object.keys(bad).length);
      expect(message).not.toContain('sesame');
    }
  });

  it.each([
    'sqlite:data/kurs.db',
    'sqlite:/var/lib/kurs.db',
    'sqlite:data/kurs.db?max_page_count=25600',
    'postgres://user:pass@host:5432/name',
    'postgresql://user:p%40ss@[::1]/name?sslmode=require',
    'postgres://user@%2Fvar%2Frun%2Fpostgresql/name',
    'postgres:///name?host=/var/run/postgresql',
  ])('accept %s as a database', (url) => {
    expect(settingsFrom({ DATABASE_URL: url }).DATABASE_URL).toBe(url);
  });

  it.each([
    'sqlite:',
    'sqlite::memory:',
    'sqlite:data/',
    'sqlite:data/?max_page_count=9',
    'sqlite:data/kurs.db?max_page_count=0',
    'sqlite:data/kurs.db?mode=ro',
    'postgres://[::1/kurs',
    'postgres://host:99999/kurs',
    'postgres://user:p%ss@host/kurs',
    'postgres://us%er@host/kurs',
    'postgres://host/ku%rs',
  ])('reject %s as a database', (url) => {
    expect(() => settingsFrom({ DATABASE_URL: url })).toThrow('DATABASE_URL');
  });

  it.each([
    ['', ''],
    ['*', '*'],
    ['https://example.com', 'https://example.com'],
    ['https://Example.com/', 'https://example.com'],
    ['https://example.com:443,http://a:8080', 'https://example.com,http://a:8080'],
    ['https://курс.рф, http://[::1]:80', 'https://xn--j1amdg.xn--p1ai,http://[::1]'],
  ])('normalize the origins %j as browsers send them', (given, said) => {
    expect(settingsFrom({ ALLOWED_ORIGINS: given }).ALLOWED_ORIGINS).toBe(said);
  });

  it.each([
    'null',
    'example.com',
    'https://a;script-src',
    "https://a'unsafe-inline'",
    "'self'",
    'ftp://example.com',
    'https://example.com/page',
    'https://example.com?a',
    'https://user@example.com',
    'https://a,,https://b',
    '*,https://a',
    'https://',
  ])('reject the origins %j', (origins) => {
    expect(() => settingsFrom({ ALLOWED_ORIGINS: origins })).toThrow('ALLOWED_ORIGINS');
    expect(() => settingsFrom({ EMBED_ORIGINS: origins })).toThrow('EMBED_ORIGINS');
  });
});
