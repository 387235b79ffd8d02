// The bound of every read: node:http that sends an answer, headers included, which its parent gives it.
import { createServer } from 'node:http';
import { answerFromParent } from './given-answer.js';

const given = answerFromParent();
const server = createServer((_, response) => {
  response.writeHead(given.status, given.headers);
  response.end(given.body);
});
server.listen(Number(process.env.PORT), '127.0.0.1');
