import { messageOf } from '../common/message-of.js';
import { MalformedRequestError } from './rpc.errors.js';

/** A request as it came over NATS. */
export interface RpcRequest {
  /** By the names of the query parameters of `/v1`. */
  parameters: Record<string, unknown>;
  /** The id of a packet of Nest, whose answer must carry it; undefined for plain JSON. */
  packetId: string | undefined;
}

/**
 * Reads a request: a JSON object of parameters, or nothing at all; or the packet in which Nest's own
 * client wraps it, `{"pattern":…,"id":…,"data":{…}}`.
 *
 * @throws MalformedRequestError
 */
export function readRequest(text: string): RpcRequest {
  const body = parsed(text);
  if (!isPacket(body)) return { parameters: asParameters(body), packetId: undefined };
  return { parameters: asParameters(body.data), packetId: body.id };
}

/**
 * The id that an answer must carry, of a request that may be unreadable otherwise.
 */
export function packetIdOf(text: string): string | undefined {
  try {
    const body = parsed(text);
    return isPacket(body) ? body.id : undefined;
  } catch (thrown) {
    if (thrown instanceof MalformedRequestError) return undefined;
    throw thrown;
  }
}

function parsed(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw new MalformedRequestError(messageOf(thrown));
  }
}

function isPacket(body: unknown): body is { id: string; data: unknown } {
  return isObject(body) && typeof body.id === 'string' && 'pattern' in body;
}

/** Values become what they would be in a query: the parameters are checked by the same rules. */
function asParameters(data: unknown): Record<string, unknown> {
  if (data === undefined || data === null || data === '') return {};
  if (!isObject(data)) throw new MalformedRequestError('it is none');
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, asText(value)]));
}

function asText(value: unknown): unknown {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const isList = Array.isArray(value) && value.every((each) => typeof each === 'string');
  return isList ? value.join(',') : value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
