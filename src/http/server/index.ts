/** The HTTP server in front of Express: connections, pipelining, shutdown, errors. */
export { answerProblem } from './bare-answer.js';
export { ConnectionChecks } from './connection-checks.js';
export { EarlierAnswers } from './earlier-answers.js';
export { hasBody, isWebSocketUpgrade, readWithoutUpgrade } from './foreign-upgrade.js';
export { configureHttp } from './http-server.js';
export { checkAddress, listening } from './listen.js';
export { ProblemFilter } from './problem.filter.js';
export { Readiness } from './readiness.js';
export { ServerAdapter } from './server-adapter.js';
