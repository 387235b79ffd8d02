import { HttpModule } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { BankCircuit } from './bank-circuit.js';
import { BankClock } from './bank-clock.js';
import { BankLine } from './bank-line.js';
import { BankQuiet } from './bank-quiet.js';
import { CbrTransport } from './cbr-transport.js';
import { CbrClient } from './cbr.client.js';

@Module({
  imports: [HttpModule],
  providers: [CbrTransport, BankQuiet, BankCircuit, BankLine, BankClock, CbrClient],
  exports: [CbrClient, BankCircuit, BankClock],
})
export class CbrModule {}
