import { type DynamicModule, Module } from '@nestjs/common';
import { mirrorsOf } from '../config/setting-rules.js';
import type { Settings } from '../config/settings.js';
import { HealthModule } from '../health/health.module.js';
import { MetricsRegistry } from '../health/metrics-registry.js';
import { LiveExamples } from '../http/documents/index.js';
import { OfficialSheets } from '../rates/reading/index.js';
import { RatesModule } from '../rates/rates.module.js';
import { DictionaryReader, SeriesIds, tryOutValues } from './answers/index.js';
import { FRANKFURTER_PROVIDERS } from './frankfurter/index.js';
import { MIRROR_CONTROLLERS } from './mirror-controllers.js';
import { MirrorMetrics } from './mirror-metrics.js';
import { SOAP_PROVIDERS } from './soap/index.js';
import { TSV_PROVIDERS } from './tsv/index.js';

/**
 * Mirrors: routes that answer as other services do, so that their clients read Kurs by another base URL. Each
 * shows what the rates room says in another form; no figure is converted or rounded on the way.
 */
@Module({})
export class MirrorsModule {
  constructor(
    registry: MetricsRegistry,
    metrics: MirrorMetrics,
    examples: LiveExamples,
    sheets: OfficialSheets,
  ) {
    registry.add([metrics.requests]);
    examples.offer(() => tryOutValues(sheets.newest().date));
  }

  static register({ MIRRORS }: Settings): DynamicModule {
    return {
      module: MirrorsModule,
      imports: [RatesModule, HealthModule],
      controllers: mirrorsOf(MIRRORS).flatMap((mirror) => MIRROR_CONTROLLERS[mirror]),
      providers: [
        ...[MirrorMetrics, DictionaryReader, SeriesIds],
        ...[...SOAP_PROVIDERS, ...TSV_PROVIDERS, ...FRANKFURTER_PROVIDERS],
      ],
    };
  }
}
