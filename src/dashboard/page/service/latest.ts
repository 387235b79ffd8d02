/**
 * Signals for requests of which only the latest counts: an answer may arrive after that to a later request, so a new
 * request ends the one before.
 */
export class Latest {
  #controller = new AbortController();

  begin(): AbortSignal {
    this.end();
    this.#controller = new AbortController();
    return this.#controller.signal;
  }

  end(): void {
    this.#controller.abort();
  }
}
