/** An event ready for delivery. */
export interface LiveEvent {
  /** Its number in the log. */
  readonly seq: number;
  /** Letter code of the currency. */
  readonly code: string;
  /** Its JSON text, UTF-8. */
  readonly json: Buffer;
}

/** A place in a log: everything up to `seq` is behind it. */
export interface LogPosition {
  readonly logId: string;
  readonly seq: number;
}
