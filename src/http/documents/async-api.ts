import type { OpenAPIObject } from '@nestjs/swagger';
import type { AsyncApiPart } from '../../common/async-api-part.js';
import type { Settings } from '../../config/settings.js';
import { VERSION } from '../../config/version.js';
import { sharedSchemas } from './async-api-schemas.js';

/** The parts of all rooms. */
export type AsyncApiParts = (openApi: OpenAPIObject, settings: Settings) => AsyncApiPart[];

const DESCRIPTION =
  'Every change of a rate, in order: as a text frame on the WebSocket, and as the same bytes on NATS. ' +
  'At least once, with the same id on every repeat; `seq` grows by one with every event.';

interface AsyncApiDocument extends Record<string, unknown> {
  servers: Record<string, object>;
}

/** The same document for a client that uses another address. */
export function servedAt(address: string, document: AsyncApiDocument): AsyncApiDocument {
  return { ...document, servers: { ...document.servers, socket: socketServer(address) } };
}

function socketServer(address: string): object {
  const { protocol, host, pathname } = new URL(address);
  return {
    host,
    protocol: protocol === 'https:' ? 'wss' : 'ws',
    ...(pathname !== '/' && { pathname }),
    description: 'This service',
  };
}

/** AsyncAPI 3 document of these parts, with the schemas of the OpenAPI document. */
export function asyncApiDocument(
  openApi: OpenAPIObject,
  settings: Settings,
  partsOf: AsyncApiParts,
): AsyncApiDocument {
  const parts = partsOf(openApi, settings);
  const merged = <Key extends keyof AsyncApiPart>(key: Key) =>
    Object.assign({}, ...parts.map((part) => part[key])) as AsyncApiPart[Key];
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Kurs',
      version: VERSION,
      description: DESCRIPTION,
      license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
    },
    defaultContentType: 'application/json',
    servers: {
      socket: socketServer(settings.PUBLIC_URL || `http://localhost:${settings.PORT}`),
      nats: { host: 'localhost:4222', protocol: 'nats', description: 'The broker of NATS_URL' },
    },
    channels: merged('channels'),
    operations: merged('operations'),
    components: {
      messages: merged('messages'),
      schemas: { ...sharedSchemas(openApi, parts), ...merged('schemas') },
    },
  };
}
