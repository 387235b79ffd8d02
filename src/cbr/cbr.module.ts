import { HttpModule } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { BankCircuit } from './bank-circuit.js';
import { BankClock } from './bank-clock.js';
import { BankRequests } from './bank-requests.js';
import { BankRequestMetrics } from './bank-request-metrics.js';
import { RetryAfterWindow } from './retry-after-window.js';
import { CbrTransport } from './cbr-transport.js';
import { CbrClient } from './cbr.client.js';

@Module({
  imports: [HttpModule],
  providers: [
    ...[CbrTransport, RetryAfterWindow, BankCircuit, BankRequests, BankRequestMetrics, BankClock],
    CbrClient,
  ],
  exports: [CbrClient, BankCircuit, BankRequestMetrics, BankClock],
})
export class CbrModule {}
