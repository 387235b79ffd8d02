/** The query of a route that takes none: with strict validation, any parameter is refused. */
export class NoParameters {}
