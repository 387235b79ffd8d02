import { readFileSync } from 'node:fs';
import { load, YAML11_SCHEMA } from 'js-yaml';
import { settingsFrom } from '../../src/config/environment.js';
import { Settings } from '../../src/config/settings.js';

interface Compose {
  services: Record<
    string,
    { image?: string; environment?: Record<string, string>; command?: string[] }
  >;
}

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

  it('build an image without a compiler, whose user is not root', () => {
    const stages = readFileSync('Dockerfile', 'utf8').split(/^FROM /m);
    const last = stages.at(-1) ?? '';
    expect(stages).toHaveLength(3);
    expect(last).not.toMatch(/apt-get|g\+\+|python/);
    expect(last).toMatch(/^USER node$/m);
    expect(last).toMatch(/HEALTHCHECK/);
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
    expect(context).toEqual(expect.arrayContaining(['!src', '!clients']));
  });
});
