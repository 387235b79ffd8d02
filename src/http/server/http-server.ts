import type { NestExpressApplication } from '@nestjs/platform-express';
import { Settings } from '../../config/settings.js';
import { admission, ExportLimiter, RateLimiter, readersOf, WriteAccess } from '../access/index.js';
import { replaceRequestGetters } from '../express/index.js';
import { rejectBrokenRequests } from './broken-requests.js';
import { ConditionalGet } from '../answers/index.js';
import { RequestWatch } from '../telemetry/index.js';
import { JSON_BODIES, parametersOf, StrictValidation } from '../requests/index.js';
import {
  type AsyncApiParts,
  DOCUMENT_FILES,
  isDocumentPage,
  serveDocuments,
} from '../documents/index.js';
import { safePages } from './page-safety.js';
import { ProblemFilter } from './problem.filter.js';
import { RequestGuard } from './request.guard.js';
import type { ServerAdapter } from './server-adapter.js';

/** Configures the application: JSON bodies only, strict parameters, problem documents, limits for everything. */
export function configureHttp(
  app: NestExpressApplication,
  adapter: ServerAdapter,
  partsOf: AsyncApiParts,
): void {
  const server = app.getHttpServer();
  const [requests, limiter] = [app.get(RequestWatch), app.get(RateLimiter)];
  const [conditional, exports] = [app.get(ConditionalGet), app.get(ExportLimiter)];
  app.get(WriteAccess).watch(server);
  adapter.countBy((request) => limiter.count(request) === undefined);
  adapter.onRequest((request, response) => requests.follow(request, response));
  rejectBrokenRequests({ adapter, server }, requests, limiter);
  app.use(safePages(isDocumentPage));
  const readers = readersOf(app.get(Settings));
  if (readers) {
    app.use(limiter.rejectPreflight);
    app.enableCors(readers);
  }
  app.use(admission(limiter));
  app.useBodyParser('json', JSON_BODIES);
  app.useGlobalPipes(new StrictValidation());
  app.useGlobalGuards(new RequestGuard(conditional, adapter.beforeCachedRoute));
  adapter.finishBy((response, answer) => {
    exports.admit(answer, response);
    return conditional.finish(answer, response);
  });
  app.useGlobalFilters(new ProblemFilter());
  app.disable('x-powered-by');
  app.set('query parser', false);
  // ETags are made of data_version, and compared by ConditionalGet (conditional-get.ts).
  app.disable('etag');
  replaceRequestGetters(app.getHttpAdapter().getInstance(), parametersOf);
  serveDocuments(app, partsOf);
  for (const path of DOCUMENT_FILES) limiter.exempt(path);
}
