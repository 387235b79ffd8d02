import { HttpModule } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { BankCircuit } from './bank-circuit.js';
import { BankClock } from './bank-clock.js';
import { BankLine } from './bank-line.js';
import { BankTally } from './bank-tally.js';
import { BankQuiet } from './bank-quiet.js';
import { CbrTransport } from './cbr-transport.js';
import { CbrClient } from './cbr.client.js';

@Module({
  imports: [HttpModule],
  providers: [...[CbrTransport, BankQuiet, BankCircuit, BankLine, BankTally, BankClock], CbrClient],
  exports: [CbrClient, BankCircuit, BankTally, BankClock],
})
export class CbrModule {}
