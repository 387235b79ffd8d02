import { ApiProperty } from '@nestjs/swagger';

/** A good answer to a probe; a bad one is a problem document. */
export class Probe {
  @ApiProperty({ enum: ['ok'], example: 'ok' })
  status!: 'ok';
}
