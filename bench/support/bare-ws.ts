// A bare `ws` server that does nothing but write a batch that was framed before to every client, once.
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { onOrder } from './parent.js';
import { rawSocket } from './raw-socket.js';

export interface BatchOrder {
  /** The batch, in base64. */
  frames?: string;
  go?: true;
}

const http = createServer();
const server = new WebSocketServer({ server: http, perMessageDeflate: false });
let batch = Buffer.alloc(0);
onOrder(({ frames, go }: BatchOrder) => {
  if (frames) batch = Buffer.from(frames, 'base64');
  if (go) for (const client of server.clients) rawSocket(client).write(batch);
});
http.on('request', (_, response) => response.writeHead(404).end());
// The same accept queue as the service's.
http.listen({ port: Number(process.env.PORT), host: '127.0.0.1', backlog: 4_096 });
