import { parseJson, UnreadableJsonError } from '../common/json-text.js';
import { MalformedRequestError } from './rpc.errors.js';

/** As much as a body over HTTP; the broker would carry a megabyte. */
const MOST_BYTES = 16 * 1024;
/** The end of a packet of Nest: its client writes the id last. */
const ID_AT_THE_END = /"id":"([\w-]{1,64})"\}$/;
const LONGEST_END = 100;

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
export function readRequest(bytes: Uint8Array): RpcRequest {
  const body = bytes.length === 0 ? undefined : parsed(bytes);
  const packet = isPacket(body) ? body : { id: undefined, data: body };
  return { parameters: asParameters(packet), packetId: packet.id };
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return parseJson(bytes, MOST_BYTES);
  } catch (thrown) {
    if (!(thrown instanceof UnreadableJsonError)) throw thrown;
    const end = Buffer.from(bytes.subarray(-LONGEST_END)).toString('latin1');
    throw new MalformedRequestError(thrown.message, ID_AT_THE_END.exec(end)?.[1]);
  }
}

interface Packet {
  id: string | undefined;
  data: unknown;
}

function isPacket(body: unknown): body is Packet {
  return isObject(body) && typeof body.id === 'string' && 'pattern' in body;
}

/** Values become what they would be in a query: the parameters are checked by the same rules. */
function asParameters({ id, data }: Packet): Record<string, unknown> {
  if (data === undefined || data === null || data === '') return {};
  if (!isObject(data)) throw new MalformedRequestError('is none', id);
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
