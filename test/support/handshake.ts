/** The headers with which a client asks for a WebSocket (RFC 6455, section 4.1). */
export const HANDSHAKE = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

/** Those with which clients such as Java's ask for HTTP/2, and take HTTP/1.1 (RFC 7540, section 3.2). */
export const HTTP2_OFFER = { Connection: 'Upgrade, HTTP2-Settings', Upgrade: 'h2c' };
