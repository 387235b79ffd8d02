import { Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { mirrorsOf } from '../config/setting-rules.js';
import { Settings } from '../config/settings.js';
import { RequestWatch } from '../http/telemetry/index.js';
import { doorOf } from './doors.js';

/** Counts what the doors answer, cached answers included. */
@Injectable()
export class MirrorMetrics {
  readonly requests = new Counter({
    name: 'kurs_mirror_requests_total',
    help: 'Answers of the drop-in doors, by door and status; cut_off: the answer did not end',
    labelNames: ['door', 'code'],
    registers: [],
  });

  constructor({ MIRRORS }: Settings, requests: RequestWatch) {
    const open = mirrorsOf(MIRRORS);
    requests.onAnswered(({ route, status }) => {
      const door = doorOf(route, open);
      if (door !== undefined) this.requests.inc({ door, code: status ?? 'cut_off' });
    });
  }
}
