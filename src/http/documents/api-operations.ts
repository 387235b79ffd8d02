import type { OpenAPIObject } from '@nestjs/swagger';

interface Operation {
  tags?: string[];
  summary?: string;
  description?: string;
  parameters?: object[];
  responses: Record<string, object>;
}

/** All operations of a document, in its order. */
export function operationsOf({ paths }: OpenAPIObject): {
  path: string;
  method: string;
  operation: Operation & { parameters: object[] };
}[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, Operation>).map(([method, operation]) => {
      const { parameters = [] } = operation;
      return { path, method, operation: Object.assign(operation, { parameters }) };
    }),
  );
}
