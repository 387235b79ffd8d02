import { Global, Module } from '@nestjs/common';
import { ThrottlerModule } from '@nestjs/throttler';
import { Settings } from '../config/settings.js';
import { AddressThrottle } from './address-throttle.js';
import { ApiKeys } from './api-keys.js';
import { ClientAddress } from './client-address.js';
import { ExportDoor } from './export-door.js';
import { Freshness } from './freshness.js';
import { HttpMetrics } from './http-metrics.js';
import { InFlight } from './in-flight.js';
import { Readiness } from './readiness.js';
import { RequestLog } from './request-log.js';
import { RequestWatch } from './request-watch.js';
import { WriteAccess } from './write-access.js';

const MINUTE_MS = 60_000;

@Global()
@Module({
  imports: [
    ThrottlerModule.forRootAsync({
      inject: [Settings],
      useFactory: ({ RATE_LIMIT_PER_MINUTE }: Settings) => ({
        throttlers: [{ ttl: MINUTE_MS, limit: RATE_LIMIT_PER_MINUTE, blockDuration: 0 }],
        skipIf: () => RATE_LIMIT_PER_MINUTE === 0,
        setHeaders: false,
      }),
    }),
  ],
  providers: [
    ...[ApiKeys, WriteAccess, ClientAddress, AddressThrottle, ExportDoor],
    ...[Freshness, Readiness, InFlight, HttpMetrics, RequestLog, RequestWatch],
  ],
  exports: [
    ...[WriteAccess, ExportDoor, ClientAddress, Freshness, Readiness],
    ...[InFlight, HttpMetrics, RequestWatch],
  ],
})
export class HttpModule {}
