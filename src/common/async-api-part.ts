/** A JSON Schema, or a part of one. */
export type Schema = Record<string, unknown>;

/** What a room sends and receives, by name; schemas of the OpenAPI document can be referenced as well. */
export interface AsyncApiPart {
  channels: Record<string, object>;
  operations: Record<string, object>;
  messages: Record<string, object>;
  schemas: Record<string, Schema>;
}

/** Reference to a component of the document. */
export function reference(path: string): { $ref: string } {
  return { $ref: `#/components/${path}` };
}
