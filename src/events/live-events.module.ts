import { Module } from '@nestjs/common';
import { EventBus } from './event-bus.js';
import { EventRetention } from './event-retention.js';
import { EventTail } from './event-tail.js';
import { EventsModule } from './events.module.js';

/** Following the event log, in a service; commands do not need it. */
@Module({
  imports: [EventsModule],
  providers: [EventTail, EventBus, EventRetention],
  exports: [EventsModule, EventTail, EventBus, EventRetention],
})
export class LiveEventsModule {}
