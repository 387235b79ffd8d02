import { readFileSync } from 'node:fs';
import { load, YAML11_SCHEMA } from 'js-yaml';
import { settingsFrom } from '../../src/config/environment.js';
import { Settings } from '../../src/config/settings.js';
import { documentedRoutes } from '../support/documented-routes.js';

interface Compose {
  services: Record<
    string,
    {
      image?: string;
      environment?: Record<string, string>;
      command?: string[];
      volumes?: string[];
      healthcheck?: { test: string[] };
    }
  >;
}

/** What nginx itself never sends again once it was sent (`proxy_next_upstream`, without `non_idempotent`). */
const SENT_ONCE_BY_NGINX = new Set(['POST', 'PATCH', 'LOCK']);

/** No engine runs these here: what can be known without one is checked. */
describe('the files for containers', () => {
  // Compose fills in variables, and merges by the key << of YAML 1.1.
  const text = readFileSync('compose.yaml', 'utf8')
    .replace(/\$\{\w+:-\}/g, "''")
    .replace(/\$\{[^}]+\}/g, 's3same');
  const compose = load(text, { schema: YAML11_SCHEMA }) as Compose;
  const names = Object.keys(compose.services);
  const instances = names.filter((name) => name.startsWith('kurs-'));
  const brokers = names.filter((name) => name.startsWith('nats-'));
  const nginx = readFileSync('deploy/nginx.conf', 'utf8');

  it('start two instances, three brokers, PostgreSQL and nginx', () => {
    expect([instances.length, brokers.length]).toEqual([2, 3]);
    expect(names).toEqual(expect.arrayContaining(['postgres', 'nginx']));
  });

  it.each(['kurs-1', 'kurs-2'])('give %s settings that it knows and takes', (name) => {
    const environment = compose.services[name]?.environment ?? {};
    const known = Object.keys(new Settings());
    expect(known).toEqual(expect.arrayContaining(Object.keys(environment)));
    const settings = settingsFrom(environment);
    expect(settings.NATS_URL.split(',').map((url) => new URL(url).hostname)).toEqual(brokers);
    expect(settings.NATS_REPLICAS).toBe(brokers.length);
    expect(new URL(settings.DATABASE_URL).hostname).toBe('postgres');
  });

  it('name every broker as the others look for it', () => {
    const nats = readFileSync('deploy/nats.conf', 'utf8');
    for (const name of brokers) {
      expect(compose.services[name]?.command).toEqual(expect.arrayContaining(['--name', name]));
      expect(nats).toContain(`nats://${name}:6222`);
    }
  });

  it('put nginx in front of every instance, on the port that it listens on', () => {
    const port = /PORT=(\d+)/.exec(readFileSync('Dockerfile', 'utf8'))?.[1];
    const upstreams = [...nginx.matchAll(/server (\S+):(\d+)/g)].map(([, host, at]) => [host, at]);
    expect(upstreams).toEqual(instances.map((name) => [name, port]));
  });

  it('let nginx look its instances up again: a replaced container has another address', () => {
    expect(nginx).toMatch(/^ {2}resolver 127\.0\.0\.11 valid=\d+s/m);
    const upstream = /upstream kurs \{([^}]*)\}/.exec(nginx)?.[1] ?? '';
    expect(upstream).toMatch(/^ +zone kurs /m);
    const servers = upstream.split('\n').filter((line) => /^ +server /.test(line));
    expect(servers).toHaveLength(instances.length);
    for (const server of servers) expect(server).toContain(' resolve ');
    // The first that resolves without a licence is 1.27.3.
    const [, minor = '0'] = /nginx:1\.(\d+)/.exec(compose.services.nginx?.image ?? '') ?? [];
    expect(Number(minor)).toBeGreaterThanOrEqual(28);
  });

  it('call PostgreSQL ready once it listens: while it sets itself up, it answers on its socket alone', () => {
    const { test = [] } = compose.services.postgres?.healthcheck ?? {};
    expect(test.slice(test.indexOf('--host'))).toEqual(['--host', '127.0.0.1']);
  });

  it('let nginx send no write twice, and a read that failed to the next instance', () => {
    const block = /map "\$request_method \$uri" \$is_sent_once \{([^}]*)\}/.exec(nginx)?.[1] ?? '';
    const patterns = [...block.matchAll(/'~(\*?)([^']+)' 1;/g)].map(
      ([, anyCase, pattern = '']) => new RegExp(pattern, anyCase === '*' ? 'i' : ''),
    );
    const isSentOnce = (method: string, path: string) =>
      SENT_ONCE_BY_NGINX.has(method) ||
      patterns.some((pattern) => pattern.test(`${method} ${path}`));
    for (const { method, path, isWrite } of documentedRoutes()) {
      // SOAP reads by POST: nginx sends every POST once.
      const isOnce = isWrite || method === 'POST';
      expect([method, path, isSentOnce(method, path)]).toEqual([method, path, isOnce]);
      // Express takes any case, and a slash at the end.
      expect(isSentOnce(method, `${path.toUpperCase()}/`)).toBe(isOnce);
    }
    const location = (name: string) =>
      new RegExp(`location ${name} \\{\n([^]*?)\n    \\}`).exec(nginx)?.[1] ?? '';
    expect(location('/')).toMatch(
      /error_page 418 = @once;\s+if \(\$is_sent_once\) \{\s+return 418;/,
    );
    for (const name of ['@once', '@unsent']) {
      expect(location(name)).toContain('proxy_next_upstream off;');
    }
    expect(location('@unsent')).toMatch(/if \(\$upstream_bytes_sent != 0\) \{\s+return 502;/);
  });

  it('name a request to Kurs as nginx logs it', () => {
    expect(nginx).toMatch(/map \$http_x_request_id \$passed_request_id \{[^}]*'' +\$request_id;/);
    expect(nginx).toContain('proxy_set_header X-Request-Id $passed_request_id;');
    expect(nginx).toMatch(/log_format named '.*\$passed_request_id';/);
  });

  it('let nobody without the password reach NATS', () => {
    const nats = readFileSync('deploy/nats.conf', 'utf8');
    expect(nats).toMatch(/authorization \{\s+user: kurs\s+password: \$NATS_PASSWORD\s+\}/);
    for (const name of brokers) {
      expect(compose.services[name]?.environment).toEqual({ NATS_PASSWORD: 's3same' });
    }
    const [first = ''] = (compose.services['kurs-1']?.environment?.NATS_URL ?? '').split(',');
    expect(new URL(first)).toMatchObject({ username: 'kurs', password: 's3same' });
  });

  it('run Kurs without capabilities on a read-only file system, also alone with SQLite', () => {
    const single = load(
      readFileSync('compose.single.yaml', 'utf8').replace(/\$\{\w+:-\}/g, "''"),
    ) as Compose;
    const { kurs } = single.services;
    expect(kurs?.volumes).toEqual(['data:/data']);
    expect(Object.keys(new Settings())).toEqual(
      expect.arrayContaining(Object.keys(kurs?.environment ?? {})),
    );
    for (const service of [kurs, compose.services['kurs-1'], compose.services['kurs-2']]) {
      expect(service).toMatchObject({ read_only: true, tmpfs: ['/tmp'], cap_drop: ['ALL'] });
    }
  });

  it('let a process of nginx carry as many live clients as an instance takes', () => {
    const number = (name: string) => Number(new RegExp(`${name} (\\d+);`).exec(nginx)?.[1]);
    expect(number('worker_connections')).toBeGreaterThan(2 * new Settings().WS_MAX_CONNECTIONS);
    expect(number('worker_rlimit_nofile')).toBeGreaterThan(number('worker_connections'));
    expect(nginx).toContain('worker_processes auto;');
  });

  it('believe nothing that a client says of its own address', () => {
    // Everyone in a private network is one of the trusted: each could name any address before its own.
    expect(compose.services['kurs-1']?.environment?.TRUST_PROXY).toBe('uniquelocal');
    expect(nginx).toContain('proxy_set_header X-Forwarded-For $remote_addr;');
  });

  it('build an image without a compiler, whose user is not root', () => {
    const stages = readFileSync('Dockerfile', 'utf8').split(/^FROM /m);
    const last = stages.at(-1) ?? '';
    expect(stages).toHaveLength(3);
    expect(last).not.toMatch(/apt-get|g\+\+|python/);
    expect(last).toMatch(/^USER [1-9]\d*:[1-9]\d*$/m);
    expect(last).toMatch(/^LABEL .*org\.opencontainers/m);
    expect(last).not.toMatch(/^RUN /m);
    expect(last).toMatch(/HEALTHCHECK/);
  });

  it('build an image for the architecture that is asked for, on the one that builds it', () => {
    const [, build = '', last = ''] = readFileSync('Dockerfile', 'utf8').split(/^FROM /m);
    expect(build).toMatch(/^--platform=\$BUILDPLATFORM /);
    expect(build).toMatch(/^ARG TARGETARCH$/m);
    expect(build).toContain('packaging/slim.mjs node_modules $TARGETARCH');
    expect(last).not.toMatch(/^--platform/);
    const workflow = readFileSync('.github/workflows/release.yml', 'utf8');
    expect(workflow).toContain('platforms: linux/amd64,linux/arm64');
  });

  it('put into the image what the page is made of', () => {
    const last =
      readFileSync('Dockerfile', 'utf8')
        .split(/^FROM /m)
        .at(-1) ?? '';
    for (const part of ['node_modules', 'dist', 'clients/js']) {
      expect(last).toContain(`COPY --from=build /kurs/${part} ${part}\n`);
    }
    const context = readFileSync('.dockerignore', 'utf8').split('\n');
    expect(context).toEqual(expect.arrayContaining(['!src', '!clients', '!packaging']));
  });
});

describe('the unit for systemd', () => {
  const unit = readFileSync('deploy/kurs.service', 'utf8');
  const values = (name: string) =>
    [...unit.matchAll(new RegExp(`^${name}=(.*)$`, 'gm'))].map(([, value = '']) => value);

  it('starts the package by its own bin, with settings that it knows and takes', () => {
    expect(values('ExecStart')).toEqual([expect.stringMatching(/\/bin\/kurs start$/)]);
    const given = (values('Environment')[0] ?? '').split(' ').map((pair) => pair.split('='));
    const { NODE_ENV, ...settings } = Object.fromEntries(given) as Record<string, string>;
    expect(NODE_ENV).toBe('production');
    expect(Object.keys(new Settings())).toEqual(expect.arrayContaining(Object.keys(settings)));
    expect(settingsFrom(settings)).toMatchObject({ LOG_FORMAT: 'json' });
    expect(values('EnvironmentFile')).toEqual(['-/etc/kurs/kurs.env']);
  });

  it('keeps the database where the unit may write, and nothing else', () => {
    expect(values('StateDirectory')).toEqual(['kurs']);
    expect(unit).toContain('DATABASE_URL=sqlite:/var/lib/kurs/');
    expect(values('ProtectSystem')).toEqual(['strict']);
    expect([values('DynamicUser'), values('NoNewPrivileges')]).toEqual([['yes'], ['yes']]);
  });

  it('waits until it has drained and stopped, and never starts again what a setting stops', () => {
    expect(values('KillSignal')).toEqual(['SIGTERM']);
    const seconds = Number.parseInt(values('TimeoutStopSec')[0] ?? '', 10);
    expect(seconds).toBeGreaterThanOrEqual(10 + new Settings().DRAIN_SECONDS);
    expect([values('Restart'), values('RestartPreventExitStatus')]).toEqual([
      ['on-failure'],
      ['78'],
    ]);
  });
});
