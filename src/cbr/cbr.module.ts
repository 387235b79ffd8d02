import { HttpModule } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { CbrTransport } from './cbr-transport.js';
import { CbrClient } from './cbr.client.js';

@Module({
  imports: [HttpModule],
  providers: [CbrTransport, CbrClient],
  exports: [CbrClient],
})
export class CbrModule {}
