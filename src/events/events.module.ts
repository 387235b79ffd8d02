import { Module } from '@nestjs/common';
import { EventLog } from './event-log.js';
import { LogIdentity } from './log-identity.js';

/** The log of every change: appended to, and read. */
@Module({ providers: [EventLog, LogIdentity], exports: [EventLog, LogIdentity] })
export class EventsModule {}
