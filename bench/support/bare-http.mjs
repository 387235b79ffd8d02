// The bound of every read: node:http that sends an answer, headers included, which its parent gives it.
import { createServer } from 'node:http';

let status = 200;
let headers = [];
let body = Buffer.alloc(0);

const server = createServer((_, response) => {
  response.writeHead(status, headers);
  response.end(body);
});
server.listen(Number(process.env.PORT), '127.0.0.1');
process.on('message', ({ answer }) => {
  if (!answer) return;
  ({ status, headers } = answer);
  body = Buffer.from(answer.body, 'base64');
  process.send({ isReady: true });
});
