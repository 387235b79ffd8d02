import type { Framing } from './framing.js';

const FIN_TEXT = 0x81;

/** Frames each message as one unmasked text frame (RFC 6455, section 5.2). */
export const SOCKET_FRAMING: Framing = {
  transport: 'websocket',
  pieces: (json) => [frameHeader(json.length), json],
};

function frameHeader(length: number): Buffer {
  if (length < 126) return Buffer.from([FIN_TEXT, length]);
  if (length < 65_536) return Buffer.from([FIN_TEXT, 126, length >> 8, length & 0xff]);
  const header = Buffer.alloc(10);
  header[0] = FIN_TEXT;
  header[1] = 127;
  header.writeBigUInt64BE(BigInt(length), 2);
  return header;
}
