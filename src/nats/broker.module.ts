import { Module } from '@nestjs/common';
import { BrokerConnection } from './broker-connection.js';
import { BrokerDenials } from './broker-denials.js';

/** The one connection to the broker. */
@Module({ providers: [BrokerConnection, BrokerDenials], exports: [BrokerConnection] })
export class BrokerModule {}
