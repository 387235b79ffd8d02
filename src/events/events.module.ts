import { Module } from '@nestjs/common';
import { EventLog } from './event-log.js';
import { LogIdentity } from './log-identity.js';
import { TrustedClock } from './trusted-clock.js';

/** The log of every change: appended to, and read. */
@Module({
  providers: [EventLog, LogIdentity, TrustedClock],
  exports: [EventLog, LogIdentity, TrustedClock],
})
export class EventsModule {}
