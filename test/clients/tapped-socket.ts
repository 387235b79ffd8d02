import WebSocket from 'ws';

/** A socket that lets a test hear what the service says to the client, and what the client takes no notice of. */
export class TappedSocket extends WebSocket {
  static readonly heard: string[] = [];

  constructor(url: string) {
    super(url);
    this.on('message', (bytes: Buffer) => TappedSocket.heard.push(bytes.toString()));
  }

  static count(event: string): number {
    return TappedSocket.heard.filter((text) => text.startsWith(`{"event":"${event}"`)).length;
  }
}

/** Both ways from the client to the service, on every Node. */
export const WAYS = [
  { way: 'WebSocket', WebSocket: TappedSocket },
  { way: 'server-sent events', WebSocket: null },
];
