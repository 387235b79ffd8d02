import { ApiProperty } from '@nestjs/swagger';
import { FRESHNESS_STATES, type FreshnessState } from '../rates/model/index.js';

/** Successful answer to a probe; a failed probe is a problem document. */
export class Probe {
  @ApiProperty({ enum: ['ok'], example: 'ok' })
  status!: 'ok';
}

/** The instance is ready. */
export class ReadyProbe extends Probe {
  /** Freshness of the newest sheet, as in `GET /v1/status`. Stale rates do not make an instance unready: the other instances have no newer ones. */
  @ApiProperty({ enum: FRESHNESS_STATES, example: 'fresh' })
  freshness!: FreshnessState;
}
