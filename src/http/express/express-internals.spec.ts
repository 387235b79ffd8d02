import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express } from 'express';
import { askRaw } from '../../../test/support/raw-answer.js';
import { allowedMethods, messageClasses, replaceRequestGetters } from './express-internals.js';

describe('private interfaces of Express', () => {
  let app: Express;
  let server: Server;

  beforeEach(async () => {
    app = express();
    server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  afterEach(() => server.close());

  // Not fetch, which sends `Cache-Control: no-cache` beside If-None-Match: nothing is fresh then.
  const ask = async (path: string, asked: Parameters<typeof askRaw>[1] = {}): Promise<unknown> => {
    const { port } = server.address() as AddressInfo;
    const { body } = await askRaw(`http://127.0.0.1:${port}${path}`, asked);
    return JSON.parse(body.toString());
  };

  it('are those of the version that they were read in: read them again before changing this line', () => {
    const text = readFileSync('node_modules/express/package.json', 'utf8');
    const { version } = JSON.parse(text) as { version: string };
    expect(version).toMatch(/^5\.3\./);
  });

  it('tell the methods of a path', async () => {
    app.get('/rates/:code', () => undefined);
    app.delete('/rates/:code', () => undefined);
    app.post('/other', () => undefined);
    app.use((request, response) => response.json(allowedMethods(request)));
    expect(await ask('/RATES/USD', { method: 'PUT' })).toEqual(['DELETE', 'GET', 'HEAD']);
    expect(await ask('/nothing')).toEqual([]);
  });

  it('let the query and the freshness of a request be replaced', async () => {
    replaceRequestGetters(app, ({ url }) => ({ read: url ?? '' }));
    app.get('/seen', (request, response) => {
      response.set('ETag', '"1"');
      response.json({ query: request.query, fresh: request.fresh });
    });
    const seen = { query: { read: '/seen?a=1' }, fresh: false };
    expect(await ask('/seen?a=1', { headers: { 'If-None-Match': '"1"' } })).toEqual(seen);
  });

  it('leave the prototypes of requests and responses as the server made them', async () => {
    const changed: boolean[] = [];
    const own = createServer(messageClasses(app), (request, response) => {
      const prototypes = [request, response].map(Object.getPrototypeOf);
      app(request, response);
      changed.push(
        ...[request, response].map((each, at) => Object.getPrototypeOf(each) !== prototypes[at]),
      );
    });
    app.get('/seen', ({ path, hostname, app: { locals } }, response) => {
      response.status(200).json({ path, hostname, hasApp: locals === app.locals });
    });
    server.close();
    server = own.listen(0, '127.0.0.1');
    await once(server, 'listening');
    expect(await ask('/seen')).toEqual({ path: '/seen', hostname: '127.0.0.1', hasApp: true });
    expect(changed).toEqual([false, false]);
  });
});
