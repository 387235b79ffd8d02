// A bare `ws` server that does nothing but write a batch that was framed before to every client, once.
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

const http = createServer();
const server = new WebSocketServer({ server: http, perMessageDeflate: false });
let batch = Buffer.alloc(0);
process.on('message', ({ frames, go }) => {
  if (frames) batch = Buffer.from(frames, 'base64');
  if (go) for (const client of server.clients) client._socket.write(batch);
});
http.on('request', (_, response) => response.writeHead(404).end());
// As many as the service lets wait.
http.listen({ port: Number(process.env.PORT), host: '127.0.0.1', backlog: 4_096 });
