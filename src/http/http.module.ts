import { Global, Module } from '@nestjs/common';
import { ApiKeys } from './api-keys.js';
import { ClientAddress } from './client-address.js';
import { ConditionalGet } from './conditional-get.js';
import { DataVersion } from './data-version.js';
import { ExportLimiter } from './export-limiter.js';
import { Freshness } from './freshness.js';
import { HttpMetrics } from './http-metrics.js';
import { InFlight } from './in-flight.js';
import { RateLimiter } from './rate-limiter.js';
import { Readiness } from './readiness.js';
import { RequestLog } from './request-log.js';
import { RequestWatch } from './request-watch.js';
import { WriteAccess } from './write-access.js';

@Global()
@Module({
  providers: [
    ...[ApiKeys, WriteAccess, ClientAddress, RateLimiter, ExportLimiter],
    ...[DataVersion, Freshness, ConditionalGet, Readiness, InFlight],
    ...[HttpMetrics, RequestLog, RequestWatch],
  ],
  exports: [
    ...[WriteAccess, ExportLimiter, ClientAddress, RateLimiter, Freshness, Readiness],
    ...[ConditionalGet, DataVersion, InFlight, HttpMetrics, RequestWatch],
  ],
})
export class HttpModule {}
