import type { Type } from '@nestjs/common';
import { StrictValidation } from '../http/requests/index.js';

/** Answers the parameters of one request. */
export type RpcMethod = (parameters: Record<string, unknown>) => Promise<object>;

/** Methods by name. */
export type RpcMethods = Readonly<Record<string, RpcMethod>>;

/** A method whose parameters are checked like those of a query. */
export function rpcMethod<Query extends object>(
  query: Type<Query>,
  answer: (query: Query) => object | Promise<object>,
): RpcMethod {
  const validation = new StrictValidation();
  return async (parameters) => {
    const checked: unknown = await validation.transform(parameters, {
      type: 'query',
      metatype: query,
    });
    return answer(checked as Query);
  };
}
