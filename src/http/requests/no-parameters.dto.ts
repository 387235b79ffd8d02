/** Query of a route without parameters: strict validation rejects any. */
export class NoParameters {}
