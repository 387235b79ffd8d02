/** Request ids, the request log and request metrics. */
export { HttpMetrics } from './http-metrics.js';
export { InFlight, isEndless, markEndless } from './in-flight.js';
export { newRequestId, REQUEST_ID_HEADER, requestIdOf } from './request-id.js';
export { RequestLog } from './request-log.js';
export { noteRoute, routeOf } from './request-route.js';
export { pathOf, RequestWatch } from './request-watch.js';
