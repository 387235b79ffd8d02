import { Module } from '@nestjs/common';
import { HealthModule } from '../health/health.module.js';
import { MetricsRegistry } from '../health/metrics-registry.js';
import { NatsModule } from '../nats/nats.module.js';
import { RatesModule } from '../rates/rates.module.js';
import { AnswerSource } from './answered-from.js';
import { IgnoredQuestions } from './ignored-questions.js';
import { RatesRpc } from './rates.rpc.js';
import { RpcServer } from './rpc.server.js';

/** Request and reply over NATS, for other services. */
@Module({
  imports: [RatesModule, HealthModule, NatsModule],
  providers: [RatesRpc, RpcServer, IgnoredQuestions, AnswerSource],
})
export class RpcModule {
  constructor(metrics: MetricsRegistry, ignored: IgnoredQuestions) {
    metrics.add(ignored.all);
  }
}
