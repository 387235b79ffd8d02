// The bound of every read: node:http that sends an answer, headers included, which its parent gives it.
import { createServer } from 'node:http';

let headers = [];
let body = Buffer.alloc(0);

const server = createServer((_, response) => {
  response.writeHead(200, headers);
  response.end(body);
});
server.listen(Number(process.env.PORT), '127.0.0.1');
process.on('message', ({ answer }) => {
  if (!answer) return;
  headers = answer.headers;
  body = Buffer.from(answer.body, 'base64');
  process.send({ isReady: true });
});
