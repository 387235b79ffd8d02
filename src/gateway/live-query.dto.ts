import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsObject } from 'class-validator';
import { IsAbsentOr, IsCodeList } from '../rates/model/index.js';
import type { ClientPosition } from './catch-up.service.js';

const POSITION =
  /^(?:([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}):)?(\d{1,15})$/i;

/** `<log_id>:<seq>` or `<seq>`; undefined for anything else. */
export function readPosition(text: string): ClientPosition | undefined {
  const [whole, logId, seq] = POSITION.exec(text) ?? [];
  return whole === undefined ? undefined : { logId: logId?.toLowerCase(), after: Number(seq) };
}

const IS_POSITION = { message: '$property must be <log_id>:<seq> or <seq>' };

/** A place in the log; becomes a ClientPosition. */
function IsPosition(): PropertyDecorator {
  const toPosition = Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? (readPosition(value) ?? value) : value,
  );
  return (target, property) =>
    [toPosition, IsObject(IS_POSITION)].forEach((apply) => apply(target, property));
}

/** What a client of live delivery wants. */
export class LiveQuery {
  /**
   * Letter codes, separated by commas; default all.
   * @example "USD,EUR"
   */
  @ApiPropertyOptional({ type: 'string' })
  @IsAbsentOr()
  @IsCodeList()
  codes?: string[];

  /**
   * `1`: the current rates come first. With `since` only where what was missed cannot be replayed.
   * @example "1"
   */
  @ApiPropertyOptional({ enum: ['0', '1'], default: '0' })
  @Transform(({ value }: { value: unknown }) =>
    value === '1' ? true : value === '0' ? false : value,
  )
  @IsBoolean({ message: '$property must be 1 or 0' })
  snapshot = false;

  /**
   * Where the client was, `<log_id>:<seq>` or `<seq>`: what it missed since comes first, or
   * `resync_required`. It counts the log, not the events of `codes`.
   * @example "4f1d0a52-5f5e-4a68-9df2-1a3d1f0f5c11:310"
   */
  @ApiPropertyOptional({ type: 'string' })
  @IsAbsentOr()
  @IsPosition()
  since?: ClientPosition;
}

/** What a client of the event stream wants. */
export class StreamQuery extends LiveQuery {
  /**
   * The same as the header `Last-Event-ID`, which overrules it: some implementations of `EventSource`
   * cannot set headers. Overrules `since`; may be empty.
   * @example "4f1d0a52-5f5e-4a68-9df2-1a3d1f0f5c11:310"
   */
  @ApiPropertyOptional({ type: 'string' })
  @Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value))
  @IsAbsentOr()
  @IsPosition()
  lastEventId?: ClientPosition;
}
