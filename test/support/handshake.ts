/** Headers of a WebSocket handshake (RFC 6455, section 4.1). */
export const HANDSHAKE = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

/** Headers of clients such as Java's that offer HTTP/2 and accept HTTP/1.1 (RFC 7540, section 3.2). */
export const HTTP2_OFFER = { Connection: 'Upgrade, HTTP2-Settings', Upgrade: 'h2c' };
