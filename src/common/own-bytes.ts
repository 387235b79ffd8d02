/**
 * Copies bytes into memory of their own, for long-lived buffers: a short Buffer is a slice of Node's 8 KiB pool and
 * keeps all of it alive, and zlib's output may keep 16 KiB.
 */
export function ownBytes(bytes: Buffer): Buffer {
  if (bytes.buffer.byteLength === bytes.length) return bytes;
  const copy = Buffer.allocUnsafeSlow(bytes.length);
  bytes.copy(copy);
  return copy;
}
