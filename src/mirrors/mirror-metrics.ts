import { Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { mirrorsOf } from '../config/setting-rules.js';
import { Settings } from '../config/settings.js';
import { RequestWatch } from '../http/telemetry/index.js';
import { mirrorOf } from './mirror-paths.js';

/** Counts what the mirrors answer, cached answers included. */
@Injectable()
export class MirrorMetrics {
  readonly requests = new Counter({
    name: 'kurs_mirror_requests_total',
    help: 'Answers of the mirrors, by mirror and status; cut_off: the answer did not end',
    labelNames: ['mirror', 'code'],
    registers: [],
  });

  constructor({ MIRRORS }: Settings, requests: RequestWatch) {
    const open = mirrorsOf(MIRRORS);
    requests.onAnswered(({ route, status }) => {
      const mirror = mirrorOf(route, open);
      if (mirror !== undefined) this.requests.inc({ mirror, code: status ?? 'cut_off' });
    });
  }
}
