import type { IncomingMessage } from 'node:http';
import { type BeforeApplicationShutdown, Injectable, type OnModuleInit } from '@nestjs/common';
import {
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  WebSocketGateway,
} from '@nestjs/websockets';
import type { WebSocket } from 'ws';
import { type EventBatch, EventBus } from '../events/event-bus.js';
import { Session } from './session.js';
import { textFrame } from './text-frame.js';

const PING_MS = 25_000;
const PONG_WITHIN_MS = 8_000;

/** Pushes every event to every client of `/ws/rates`, one text frame each. */
@Injectable()
@WebSocketGateway({ path: '/ws/rates' })
export class RatesGateway
  implements OnModuleInit, OnGatewayConnection, OnGatewayDisconnect, BeforeApplicationShutdown
{
  private readonly sessions = new Map<WebSocket, Session>();
  private heartbeat: NodeJS.Timeout | undefined;
  private pongDeadline: NodeJS.Timeout | undefined;
  private leaveBus = (): void => undefined;

  constructor(private readonly bus: EventBus) {}

  onModuleInit(): void {
    this.leaveBus = this.bus.subscribe(RatesGateway.name, (batch) => this.broadcast(batch));
    this.heartbeat = setInterval(() => this.beat(), PING_MS);
  }

  handleConnection(client: WebSocket, request: IncomingMessage): void {
    this.sessions.set(client, new Session(client, request));
  }

  handleDisconnect(client: WebSocket): void {
    this.sessions.delete(client);
  }

  /** Closes with 1012 before the adapter would cut the sockets off with 1006. */
  async beforeApplicationShutdown(): Promise<void> {
    this.leaveBus();
    clearInterval(this.heartbeat);
    clearTimeout(this.pongDeadline);
    await Promise.all([...this.sessions.values()].map((session) => session.endForRestart()));
  }

  /** Frames the batch once, for everyone, and writes it to each socket once. */
  private broadcast(batch: EventBatch): void {
    const frames = Buffer.concat(batch.map(({ payload }) => textFrame(payload)));
    for (const session of this.sessions.values()) session.sendFrames(frames);
  }

  private beat(): void {
    for (const session of this.sessions.values()) session.ping();
    this.pongDeadline = setTimeout(() => {
      for (const session of this.sessions.values()) session.dropUnlessAlive();
    }, PONG_WITHIN_MS);
  }
}
