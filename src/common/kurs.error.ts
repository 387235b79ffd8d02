/**
 * Base class of all named failures.
 *
 * `code` is stable and meant for programs (`cbr.timeout`, `rates.not_found`): it appears in problem
 * documents, in `GET /v1/status` and in logs. `message` is one sentence for a person and carries no secret.
 */
export abstract class KursError extends Error {
  /** HTTP status of its problem document. 500: a fault of the service, which is logged. */
  readonly status: number = 500;

  /** Seconds after which a retry may succeed, if known. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
    /** Additional members of the problem document. */
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}
