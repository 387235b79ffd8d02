import type { Random } from '../support/random.js';

const TEXT = 1;
const TEXTS = [
  ...[
    '',
    '{',
    '[]',
    'null',
    '0',
    '"x"',
    '{"event":1}',
    '{"event":"subscribe"}',
    '{"event":"ping"}',
  ],
  ...['{"event":"__proto__"}', '{"event":"constructor","data":{}}', '{"event":"ping","data":[[]]}'],
  ...['{"event":"subscribe","data":{"codes":["USD"]}}', '{"event":"subscribe","data":[]}'],
  ...['{"event":"subscribe","data":{"__proto__":{"codes":["USD"]}}}', '\ufeff{"event":"ping"}'],
  ...['{"event":"unsubscribe","data":{"codes":[null,{},1e999]}}', '['.repeat(2_000)],
  ...['{"event":"subscribe","data":{"codes":{"length":1,"0":"USD"}}}', '{"event":"\\u0000"}'],
];

/** Some frames, most of them as a client's should be in all but one respect. */
export function hostileFrames(random: Random): Buffer {
  const count = random.of([1, 2, 5, 30]);
  return Buffer.concat(Array.from({ length: count }, () => hostileFrame(random)));
}

function hostileFrame(random: Random): Buffer {
  if (random.next() < 0.05) return random.bytes(random.whole(1, 64));
  const opcode = random.next() < 0.6 ? TEXT : random.whole(0, 15);
  const flags = random.next() < 0.85 ? 0x80 : random.of([0, 0x40, 0xc0, 0xf0]);
  const payload = random.of([
    Buffer.from(random.of(TEXTS)),
    Buffer.from(random.of(TEXTS)),
    random.bytes(random.whole(0, 130)),
    Buffer.alloc(random.whole(4_000, 5_000), 'a'),
    Buffer.from([0xc3, 0x28]),
  ]);
  const isMasked = random.next() < 0.93;
  const said = random.next() < 0.93 ? payload.length : random.of([0, 126, 65_535, 2 ** 40]);
  const mask = random.bytes(4);
  const head = Buffer.concat([Buffer.from([flags | opcode]), lengthBytes(said, isMasked)]);
  const body = payload.map((byte, index) => byte ^ (isMasked ? (mask[index % 4] ?? 0) : 0));
  return Buffer.concat(isMasked ? [head, mask, body] : [head, body]);
}

function lengthBytes(length: number, isMasked: boolean): Buffer {
  const flag = isMasked ? 0x80 : 0;
  if (length < 126) return Buffer.from([flag | length]);
  if (length < 65_536) return Buffer.from([flag | 126, length >> 8, length & 0xff]);
  const bytes = Buffer.alloc(9);
  bytes[0] = flag | 127;
  bytes.writeBigUInt64BE(BigInt(length), 1);
  return bytes;
}
