import { SetMetadata } from '@nestjs/common';

const ANY_QUERY = Symbol('any query');

/**
 * Marks a controller that ignores unknown, repeated and malformed parameters, as the services do that its clients
 * were written for. All other routes reject them.
 */
export const AnyQuery = (): ClassDecorator => SetMetadata(ANY_QUERY, true);

export function takesAnyQuery(controller: object): boolean {
  return Reflect.getMetadata(ANY_QUERY, controller) === true;
}
