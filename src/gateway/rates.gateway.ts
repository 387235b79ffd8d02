import type { IncomingMessage } from 'node:http';
import { UseFilters, UsePipes } from '@nestjs/common';
import {
  ConnectedSocket,
  MessageBody,
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  SubscribeMessage,
  WebSocketGateway,
} from '@nestjs/websockets';
import type { WebSocket } from 'ws';
import { InvalidRequestError } from '../common/invalid-request.error.js';
import { StrictValidation } from '../http/requests/index.js';
import { MOST_CODES } from '../rates/model/index.js';
import { CodeFilter } from './code-filter.js';
import { CodesMessage } from './codes-message.dto.js';
import { NothingToUnsubscribeError } from './gateway.errors.js';
import { Handshakes } from './handshakes.js';
import { LiveDelivery } from './live-delivery.js';
import { LiveSessions } from './live-sessions.js';
import { Session } from './session.js';
import { SessionOpening } from './session-opening.js';
import { SocketOutlet } from './socket-outlet.js';
import { SocketProblemFilter } from './socket-problem.filter.js';

/** WebSocket gateway of live delivery: clients of `/ws/rates` become sessions and change their filters. */
@WebSocketGateway({ path: '/ws/rates' })
@UsePipes(new StrictValidation())
@UseFilters(SocketProblemFilter)
export class RatesGateway implements OnGatewayConnection, OnGatewayDisconnect {
  private readonly sessions = new Map<WebSocket, Session>();

  constructor(
    private readonly handshakes: Handshakes,
    private readonly opening: SessionOpening,
    private readonly live: LiveSessions,
    private readonly delivery: LiveDelivery,
  ) {}

  async handleConnection(client: WebSocket, request: IncomingMessage): Promise<void> {
    const { codes, since, snapshot } = this.handshakes.wantedBy(request);
    const outlet = new SocketOutlet(client, request.socket);
    client.on('pong', () => outlet.answered());
    const session = new Session(outlet, codes);
    this.sessions.set(client, session);
    await this.opening.open(session, { since, snapshot });
  }

  handleDisconnect(client: WebSocket): void {
    const session = this.sessions.get(client);
    this.sessions.delete(client);
    if (session) this.live.leave(session);
  }

  /** Adds these codes; a client that had all codes then has only these. */
  @SubscribeMessage('subscribe')
  subscribe(@ConnectedSocket() client: WebSocket, @MessageBody() { codes }: CodesMessage): void {
    this.refilter(client, (filter) => filter.with(codes));
  }

  /** Removes these codes. */
  @SubscribeMessage('unsubscribe')
  unsubscribe(@ConnectedSocket() client: WebSocket, @MessageBody() { codes }: CodesMessage): void {
    this.refilter(client, (filter) => {
      if (filter.isEverything) throw new NothingToUnsubscribeError();
      return filter.without(codes);
    });
  }

  /** Answers with the session's position. */
  @SubscribeMessage('ping')
  ping(@ConnectedSocket() client: WebSocket): void {
    const session = this.sessions.get(client);
    if (!session) return;
    const at = this.delivery.positionOf(session) ?? { ...this.delivery.position, seq: 0 };
    session.say(JSON.stringify({ event: 'pong', log_id: at.logId, seq: at.seq }), at);
  }

  private refilter(client: WebSocket, change: (filter: CodeFilter) => CodeFilter): void {
    const session = this.sessions.get(client);
    if (!session) return;
    const filter = change(session.filter);
    const codes = filter.codes ?? [];
    if (codes.length > MOST_CODES) {
      throw InvalidRequestError.of('codes', `codes must be at most ${MOST_CODES} in all`);
    }
    session.filter = filter;
    session.say(JSON.stringify({ event: 'subscribed', data: { codes } }), this.delivery.position);
  }
}
