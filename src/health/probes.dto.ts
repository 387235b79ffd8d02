import { ApiProperty } from '@nestjs/swagger';
import { FRESHNESS_STATES, type FreshnessState } from '../rates/model/index.js';

/** A good answer to a probe; a bad one is a problem document. */
export class Probe {
  @ApiProperty({ enum: ['ok'], example: 'ok' })
  status!: 'ok';
}

/** Ready, and what an operator may want to know besides. */
export class ReadyProbe extends Probe {
  /** Of the newest sheet, as in `GET /v1/status`. A bank that is late makes no instance unready: the data of the others are no newer. */
  @ApiProperty({ enum: FRESHNESS_STATES, example: 'fresh' })
  freshness!: FreshnessState;
}
