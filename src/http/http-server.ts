import type { NestExpressApplication } from '@nestjs/platform-express';
import { serveOpenApi } from './open-api.js';
import { ProblemFilter } from './problem.filter.js';
import { strictValidation } from './validation.js';

/** The largest request body, in Express's notation. */
const BODY_LIMIT = '16kb';

/** Gives the application its manners: JSON bodies alone, strict parameters, problem documents. */
export function configureHttp(app: NestExpressApplication): void {
  app.useBodyParser('json', { limit: BODY_LIMIT });
  app.useGlobalPipes(strictValidation());
  app.useGlobalFilters(new ProblemFilter());
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  serveOpenApi(app);
}
