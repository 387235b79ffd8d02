import { Global, Module } from '@nestjs/common';
import { ApiKeys, ClientAddress, ExportLimiter, RateLimiter, WriteAccess } from './access/index.js';
import { LiveExamples } from './documents/index.js';
import { ConditionalGet, DataVersion, Freshness } from './answers/index.js';
import { HttpMetrics, InFlight, RequestLog, RequestWatch } from './telemetry/index.js';
import { ConnectionChecks, Readiness } from './server/index.js';

@Global()
@Module({
  providers: [
    ...[ApiKeys, WriteAccess, ClientAddress, RateLimiter, ExportLimiter],
    ...[DataVersion, Freshness, ConditionalGet, Readiness, InFlight],
    ...[HttpMetrics, RequestLog, RequestWatch, ConnectionChecks],
    LiveExamples,
  ],
  exports: [
    ...[WriteAccess, ExportLimiter, ClientAddress, RateLimiter, Freshness, Readiness],
    ...[ConditionalGet, DataVersion, InFlight, HttpMetrics, RequestWatch, LiveExamples],
  ],
})
export class HttpModule {}
