import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

interface ProxyOptions {
  /** 0: any free one. */
  port?: number;
  /** Shows the service as if its files were of another build. */
  build?: { from: string; to: string };
}

/** A proxy that serves a service under a path, which it removes, as nginx's `proxy_pass …/` does. */
export async function startPrefixingProxy(
  target: string,
  prefix: string,
  { port: wanted = 0, build }: ProxyOptions = {},
): Promise<{ url: string; port: number; stop: () => void }> {
  const server = createServer((asked, response) => {
    const { url = '', method, headers } = asked;
    if (!url.startsWith(`${prefix}/`) || (build && url.includes(build.from))) {
      response.writeHead(502).end('There is no such service');
      return;
    }
    const path = url.slice(prefix.length);
    const own = build ? path.replace(build.to, build.from) : path;
    const sent = build ? { ...headers, 'accept-encoding': 'identity' } : headers;
    const passed = request(target + own, { method, headers: sent }, (answer) => {
      if (build) void renamed(answer, response, build);
      else {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      }
    });
    asked.pipe(passed.on('error', () => response.destroy()));
  });
  server.on('upgrade', ({ url = '', method, rawHeaders }, socket: Socket) => {
    const { hostname, port } = new URL(target);
    const passed = connect(Number(port), hostname);
    const lines = [`${method} ${url.slice(prefix.length)} HTTP/1.1`];
    for (let at = 0; at < rawHeaders.length; at += 2) {
      lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`);
    }
    passed.write(`${lines.join('\r\n')}\r\n\r\n`);
    socket.pipe(passed).pipe(socket);
    for (const end of [socket, passed]) {
      end.on('error', () => {
        socket.destroy();
        passed.destroy();
      });
    }
    server.once('close', () => socket.destroy());
  });
  server.listen(wanted, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const stop = () => {
    server.close();
    server.closeAllConnections();
    // Sockets that became WebSockets are the server's no more.
    server.emit('close');
  };
  return { url: `http://127.0.0.1:${port}${prefix}`, port, stop };
}

async function renamed(
  answer: IncomingMessage,
  response: ServerResponse,
  { from, to }: { from: string; to: string },
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('latin1').replaceAll(from, to);
  const { 'content-length': _, etag: __, ...headers } = answer.headers;
  response.writeHead(answer.statusCode ?? 502, headers).end(text, 'latin1');
}
