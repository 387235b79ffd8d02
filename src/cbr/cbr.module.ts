import { HttpModule } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { Settings } from '../config/settings.js';
import { BankCircuit } from './bank-circuit.js';
import { BankClock } from './bank-clock.js';
import { BankRequests } from './bank-requests.js';
import { BankRequestMetrics } from './bank-request-metrics.js';
import { RetryAfterWindow } from './retry-after-window.js';
import { CbrTransport } from './cbr-transport.js';
import { CbrClient } from './cbr.client.js';

/** A proxy of the environment does not reach this machine; a demo, or a Kurs that is read, may run on it. */
const ON_THIS_MACHINE = /^(?:localhost|127\.[\d.]+|\[::1\])$/;

@Module({
  imports: [
    HttpModule.registerAsync({
      inject: [Settings],
      useFactory: ({ CBR_BASE_URL }: Settings) =>
        ON_THIS_MACHINE.test(new URL(CBR_BASE_URL).hostname) ? { proxy: false } : {},
    }),
  ],
  providers: [
    ...[CbrTransport, RetryAfterWindow, BankCircuit, BankRequests, BankRequestMetrics, BankClock],
    CbrClient,
  ],
  exports: [CbrClient, BankCircuit, BankRequestMetrics, BankClock],
})
export class CbrModule {}
