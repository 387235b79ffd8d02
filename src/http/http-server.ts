import type { NestExpressApplication } from '@nestjs/platform-express';
import { Settings } from '../config/settings.js';
import { refuseLongAddress } from './address-length.js';
import { refuseBrokenRequests } from './broken-requests.js';
import { readersOf } from './cross-origin.js';
import { FormatSuffixGuard, readFormatSuffix } from './format.js';
import { InFlight } from './in-flight.js';
import { JSON_BODIES } from './json-body.js';
import { DOCUMENT_FILES, isDocumentPage, serveDocuments } from './open-api.js';
import { safePages } from './page-safety.js';
import { ProblemFilter } from './problem.filter.js';
import { QueryGuard } from './query.guard.js';
import { RateLimiter } from './rate-limiter.js';
import { RequestWatch } from './request-watch.js';
import type { ServerAdapter } from './server-adapter.js';
import { refuseUnfitHead } from './unfit-head.js';
import { StrictValidation } from './validation.js';
import { WriteAccess } from './write-access.js';

/** Gives the application its manners: JSON bodies alone, strict parameters, problem documents, bounds for everything. */
export function configureHttp(app: NestExpressApplication, adapter: ServerAdapter): void {
  const server = app.getHttpServer();
  const [requests, inFlight] = [app.get(RequestWatch), app.get(InFlight)];
  const limiter = app.get(RateLimiter);
  app.get(WriteAccess).watch(server);
  adapter.countBy((request) => limiter.count(request) === undefined);
  adapter.onRequest((_, response) => inFlight.follow(response));
  adapter.onRequest((request, response) => requests.follow(request, response));
  refuseBrokenRequests({ adapter, server }, requests, limiter);
  app.use(safePages(isDocumentPage));
  app.use(limiter.refusePreflight);
  app.enableCors(readersOf(app.get(Settings)));
  app.use(limiter.refuse);
  app.use(refuseUnfitHead);
  app.use(refuseLongAddress);
  app.use(readFormatSuffix);
  app.useBodyParser('json', JSON_BODIES);
  app.useGlobalPipes(new StrictValidation());
  app.useGlobalGuards(new QueryGuard(), new FormatSuffixGuard());
  app.useGlobalFilters(new ProblemFilter());
  app.disable('x-powered-by');
  // Tags are made of data_version, and compared, where an answer has one (conditional-get.ts).
  app.disable('etag');
  const { request } = app.getHttpAdapter().getInstance() as { request: object };
  Object.defineProperty(request, 'fresh', { value: false });
  // QueryGuard reads queries.
  app.set('query parser', false);
  serveDocuments(app);
  for (const path of DOCUMENT_FILES) limiter.exempt(path);
}
