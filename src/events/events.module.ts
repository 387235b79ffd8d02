import { Module } from '@nestjs/common';
import { EventBus } from './event-bus.js';
import { EventLog } from './event-log.js';
import { EventTail } from './event-tail.js';

@Module({
  providers: [EventLog, EventTail, EventBus],
  exports: [EventLog, EventBus],
})
export class EventsModule {}
