import type { NestExpressApplication } from '@nestjs/platform-express';
import { FormatSuffixGuard, readFormatSuffix } from './format.js';
import { serveDocuments } from './open-api.js';
import { ProblemFilter } from './problem.filter.js';
import { strictValidation } from './validation.js';

/** The largest request body, in Express's notation. */
const BODY_LIMIT = '16kb';

/** Gives the application its manners: JSON bodies alone, strict parameters, problem documents. */
export function configureHttp(app: NestExpressApplication): void {
  app.use(readFormatSuffix);
  app.useBodyParser('json', { limit: BODY_LIMIT });
  app.useGlobalPipes(strictValidation());
  app.useGlobalGuards(new FormatSuffixGuard());
  app.useGlobalFilters(new ProblemFilter());
  app.disable('x-powered-by');
  // Tags are made of data_version, where an answer has one (conditional-get.ts).
  app.disable('etag');
  app.set('query parser', 'simple');
  serveDocuments(app);
}
