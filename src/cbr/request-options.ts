/** Options of a request to the bank. */
export interface RequestOptions {
  /** Aborts the request, also during its back-off. */
  stop: AbortSignal;
  /** A caller is waiting: ask even while the circuit breaker is open. */
  isForced: boolean;
  /** Called for every attempt with the request's address. */
  onTry?: (question: string) => void;
}
