import { ClientsModule } from '@nestjs/microservices';
import { BrokerConnection } from './broker-connection.js';
import { BrokerModule } from './broker.module.js';
import { JetStreamClientProxy } from './jetstream.client-proxy.js';

/** Token of the ClientProxy that publishes to the stream of rates. */
export const RATES_CLIENT = Symbol('RATES_CLIENT');

/** Registers RATES_CLIENT, on the connection that everything else uses. */
export const RatesClientModule = ClientsModule.registerAsync([
  {
    name: RATES_CLIENT,
    imports: [BrokerModule],
    inject: [BrokerConnection],
    useFactory: (broker: BrokerConnection) => ({
      customClass: JetStreamClientProxy,
      options: { broker },
    }),
  },
]);
