import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { EventLogEntity } from './event-log.entity.js';
import { EventLog } from './event-log.js';
import { LogIdentity } from './log-identity.js';
import { TrustedClock } from './trusted-clock.js';

/** The event log: appending and reading. */
@Module({
  imports: [TypeOrmModule.forFeature([EventLogEntity])],
  providers: [EventLog, LogIdentity, TrustedClock],
  exports: [EventLog, LogIdentity, TrustedClock],
})
export class EventsModule {}
