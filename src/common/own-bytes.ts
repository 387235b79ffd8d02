/**
 * The same bytes in memory of their own, for what is kept for long: a short Buffer is a slice of a pool of
 * Node's, of which each slice keeps 8 KiB, and zlib's output may be one of 16 KiB.
 */
export function ownBytes(bytes: Buffer): Buffer {
  if (bytes.buffer.byteLength === bytes.length) return bytes;
  const copy = Buffer.allocUnsafeSlow(bytes.length);
  bytes.copy(copy);
  return copy;
}
