/** Event ready for delivery. */
export interface LiveEvent {
  /** Its `seq`. */
  readonly seq: number;
  /** Letter code of the currency. */
  readonly code: string;
  /** Its JSON text, UTF-8. */
  readonly json: Buffer;
}

/** Position in a log: after the event `seq`. */
export interface LogPosition {
  readonly logId: string;
  readonly seq: number;
}
