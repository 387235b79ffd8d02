import type { MessageMappingProperties } from '@nestjs/websockets';
import type { RawData, WebSocket } from 'ws';
import { parseJson, UnreadableJsonError } from '../common/json-text.js';
import { closeSocket } from './close-socket.js';
import { errorMessage } from './error-message.js';
import {
  MalformedMessageError,
  TooManyMessagesError,
  UnknownMessageError,
} from './gateway.errors.js';
import { MessageBudget } from './message-budget.js';
import { MOST_UNSENT_BYTES } from './session.js';

export const LARGEST_FRAME_BYTES = 4 * 1024;
const MOST_MESSAGES_PER_SECOND = 20;

const CLOSE_UNSUPPORTED_DATA = 1003;
const CLOSE_POLICY_VIOLATION = 1008;
const CLOSE_TRY_AGAIN_LATER = 1013;

interface Message {
  event: string;
  data: unknown;
}
type DropReason = 'too_many_messages' | 'too_slow' | 'unsupported_data';

/** Incoming messages of one socket, dispatched one after the other. */
export class Inbox {
  private readonly budget = new MessageBudget(MOST_MESSAGES_PER_SECOND, performance.now());
  private handling: Promise<unknown> = Promise.resolve();
  private isClosed = false;

  constructor(
    private readonly client: WebSocket,
    private readonly handlers: readonly MessageMappingProperties[],
    private readonly onDrop: (reason: DropReason) => void,
  ) {
    client.on('message', (bytes, isBinary) => this.take(bytes, isBinary));
    // `ws` answers pings, which costs work too.
    client.on('ping', () => this.spend());
    client.on('pong', () => this.spend());
  }

  private take(bytes: RawData, isBinary: boolean): void {
    if (!this.spend()) return;
    if (isBinary) {
      this.close(CLOSE_UNSUPPORTED_DATA, 'unsupported_data');
      return;
    }
    // Failures of handlers go to the gateway's filter.
    this.handling = this.handling.then(() => this.handle(bytes));
  }

  private async handle(bytes: RawData): Promise<void> {
    if (this.isClosed) return;
    const message = parsed(bytes as Buffer);
    if (message instanceof MalformedMessageError) {
      this.client.send(errorMessage(message));
      return;
    }
    const handler = this.handlers.find((each) => each.message === message.event);
    if (handler) await handler.callback(message.data, message.event);
    else this.client.send(errorMessage(new UnknownMessageError(this.names)));
  }

  private get names(): string[] {
    return this.handlers.map((handler) => String(handler.message));
  }

  private spend(): boolean {
    if (this.isClosed) return false;
    // Answers fill the send buffer, and a client that does not read could request any number.
    if (this.client.bufferedAmount > MOST_UNSENT_BYTES) {
      this.close(CLOSE_TRY_AGAIN_LATER, 'too_slow');
      return false;
    }
    if (this.budget.spend(performance.now())) return true;
    this.client.send(errorMessage(new TooManyMessagesError(MOST_MESSAGES_PER_SECOND)));
    this.close(CLOSE_POLICY_VIOLATION, 'too_many_messages');
    return false;
  }

  private close(code: number, reason: DropReason): void {
    this.isClosed = true;
    this.onDrop(reason);
    void closeSocket(this.client, code, reason.replaceAll('_', ' '));
  }
}

/** A client's errors are reported to it and not logged. */
function parsed(bytes: Buffer): Message | MalformedMessageError {
  try {
    const message = parseJson(bytes, LARGEST_FRAME_BYTES);
    return isMessage(message) ? message : new MalformedMessageError('is no such object');
  } catch (thrown) {
    if (thrown instanceof UnreadableJsonError) return new MalformedMessageError(thrown.message);
    throw thrown;
  }
}

function isMessage(message: unknown): message is Message {
  if (typeof message !== 'object' || message === null) return false;
  return 'event' in message && typeof message.event === 'string';
}
