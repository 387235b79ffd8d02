import { readFileSync } from 'node:fs';
import { subset } from 'semver';
import { packedDriver, packedManifest } from '../../packaging/bundle.mjs';

interface Locked {
  name?: string;
  version: string;
  dev?: boolean;
  peer?: boolean;
  optional?: boolean;
  hasInstallScript?: boolean;
  gypfile?: boolean;
  engines?: { node?: string };
  peerDependencies?: Record<string, string>;
  peerDependenciesMeta?: Record<string, { optional?: boolean }>;
}
interface Lock {
  packages: Record<string, Locked>;
}

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock;
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  engines: { node: string };
  optionalDependencies: Record<string, string>;
  bundleDependencies?: string[];
  scripts: Record<string, string>;
};
const promised = manifest.engines.node;
const production = Object.entries(lock.packages).filter(([path, { dev }]) => path !== '' && !dev);
const nameOf = (path: string) => path.replace(/^.*node_modules\//, '');

describe('what an installation without development packages holds', () => {
  it('runs no install script but that of the SQLite driver for Node 20, which may fail', () => {
    const scripted = production.filter(([, { hasInstallScript }]) => hasInstallScript);
    expect(scripted.map(([path, { optional }]) => [path, optional])).toEqual([
      ['node_modules/better-sqlite3', true],
    ]);
    const scarf = production.filter(([path]) => path.includes('@scarf'));
    expect(scarf.map(([, { name }]) => name)).toEqual(['once']);
  });

  it('allows every Node that package.json promises', () => {
    const narrower = production
      .filter(([, { optional }]) => !optional)
      .filter(([, { engines }]) => !subset(promised, engines?.node ?? '*'))
      .map(([path, { engines }]) => `${nameOf(path)}: ${engines?.node}`);
    expect(narrower).toEqual([]);
  });

  it('has a SQLite driver for every promised Node, and leaves the other one out', () => {
    const drivers = Object.keys(manifest.optionalDependencies);
    const ranges = drivers.map((name) => lock.packages[`node_modules/${name}`]?.engines?.node);
    // npm skips an optional package whose range excludes the running Node: 12 is not built where 13 is loaded.
    // Its own range goes to 26; the lock file narrows it, and npm keeps that.
    expect(ranges).toEqual(['20.x', '>=22']);
    expect(subset(promised, ranges.join('||'))).toBe(true);
  });

  // npm ci knows of a package what the lock file says. Without this it compiles a package that has a binding.gyp, and
  // where it cannot, it leaves out one that is optional: no SQLite, in an image too. "npm run licences" writes it.
  it('compiles no driver that carries its binaries', () => {
    expect(lock.packages['node_modules/better-sqlite3-napi']?.gypfile).toBe(false);
  });

  it('needs no peer that npm would have to add: legacy-peer-deps changes nothing', () => {
    expect(production.filter(([, { peer }]) => peer).map(([path]) => path)).toEqual([]);
    const missing = production.flatMap(([path, { peerDependencies = {}, ...rest }]) =>
      Object.entries(peerDependencies)
        .filter(([peer]) => rest.peerDependenciesMeta?.[peer]?.optional !== true)
        .filter(([peer, range]) => {
          const found = lock.packages[`node_modules/${peer}`];
          return found?.dev !== undefined || !subset(found?.version ?? '', range);
        })
        .map(([peer, range]) => `${nameOf(path)} wants ${peer} ${range}`),
    );
    expect(missing).toEqual([]);
  });

  it('is packed with @nestjs/swagger in the package, so that a consumer gets no @scarf/scarf either', () => {
    const { prepack, postpack } = manifest.scripts;
    expect(prepack).toMatch(/ && node packaging\/bundle\.mjs$/);
    expect(postpack).toBe('node packaging/bundle.mjs --undo');
    expect(packedManifest(manifest, { hasDriver: true }).bundleDependencies).toContain(
      '@nestjs/swagger',
    );
    // With the field in a clone npm ci resolves all peers anew, and warns.
    expect(manifest.bundleDependencies).toBeUndefined();
  });

  it('is packed without the driver whose install script npm would run on Nodes that never load it', () => {
    const { optionalDependencies, ...others } = packedManifest(manifest, { hasDriver: true });
    expect(Object.keys(optionalDependencies)).toEqual(['better-sqlite3-napi']);
    const { optionalDependencies: _, ...same } = manifest;
    const bundleDependencies = ['@nestjs/swagger', 'better-sqlite3-napi'];
    expect(others).toEqual({ ...same, bundleDependencies });
  });

  // A consumer's npm ci would compile it, as ours would, and their lock file says nothing that prevents it.
  it('is packed with the other driver in it, which has nothing to compile', () => {
    const gyp = { files: ['binding.gyp', 'src', 'lib', 'prebuilds'], dependencies: { x: '1' } };
    const own = { name: 'better-sqlite3', version: '13.2.0', license: 'MIT', main: 'lib/index.js' };
    const packed = packedDriver({ ...own, ...gyp, scripts: { install: 'node-gyp rebuild' } });
    expect(packed).toEqual({ ...own, files: ['lib', 'prebuilds'], gypfile: false });
  });

  it('names no registry', () => {
    expect(JSON.stringify(lock)).not.toContain('"resolved"');
  });
});
