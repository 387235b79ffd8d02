const TEXT = 1;
const PING = 9;

/** Counts the complete text frames that a WebSocket server sends, without reading their payload. */
export class FrameCounter {
  /** Pings so far. */
  pings = 0;
  /** Bytes of the current frame that are still to come. */
  #left = 0;
  #header = Buffer.alloc(0);
  #opcode = TEXT;

  /** Returns how many frames end in this chunk. */
  take(chunk: Buffer): number {
    let frames = 0;
    let at = 0;
    while (at < chunk.length) {
      if (this.#left > 0) {
        const step = Math.min(this.#left, chunk.length - at);
        this.#left -= step;
        at += step;
        if (this.#left > 0) continue;
        if (this.#opcode === TEXT) frames += 1;
        if (this.#opcode === PING) this.pings += 1;
        continue;
      }
      const rest = chunk.subarray(at);
      const head = this.#header.length > 0 ? Buffer.concat([this.#header, rest]) : rest;
      const size = headerAndPayload(head);
      if (size === undefined) {
        this.#header = Buffer.from(head);
        return frames;
      }
      this.#left = size - this.#header.length;
      this.#opcode = head.readUInt8(0) & 0x0f;
      this.#header = Buffer.alloc(0);
    }
    return frames;
  }
}

/** The bytes of a frame, header included; undefined while its header is incomplete. */
function headerAndPayload(head: Buffer): number | undefined {
  if (head.length < 2) return undefined;
  const length = head.readUInt8(1) & 0x7f;
  if (length < 126) return 2 + length;
  if (length === 126) return head.length < 4 ? undefined : 4 + head.readUInt16BE(2);
  return head.length < 10 ? undefined : 10 + Number(head.readBigUInt64BE(2));
}
