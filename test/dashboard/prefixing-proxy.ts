import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/** A proxy that serves a service under a path, which it removes, as nginx's `proxy_pass …/` does. */
export async function startPrefixingProxy(
  target: string,
  prefix: string,
): Promise<{ url: string; stop: () => void }> {
  const server = createServer((asked, response) => {
    const { url = '', method, headers } = asked;
    if (!url.startsWith(`${prefix}/`)) {
      response.writeHead(502).end();
      return;
    }
    const passed = request(target + url.slice(prefix.length), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
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
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${port}${prefix}`, stop };
}
