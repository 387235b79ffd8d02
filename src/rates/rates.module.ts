import { Module } from '@nestjs/common';
import { EventsModule } from '../events/events.module.js';
import { RateEditsService } from './rate-edits.service.js';
import { RatesController } from './rates.controller.js';
import { RatesQueries } from './rates.queries.js';
import { RatesService } from './rates.service.js';

@Module({
  imports: [EventsModule],
  controllers: [RatesController],
  providers: [RatesService, RateEditsService, RatesQueries],
  exports: [RatesService, RatesQueries],
})
export class RatesModule {}
