/** Options of a request to the bank. */
export interface RequestOptions {
  /** Aborts the request, also during its back-off. */
  stop: AbortSignal;
  /** A caller is waiting: ask even while the circuit breaker is open. */
  isForced: boolean;
  /** Whether a sheet of another Kurs may lack rates that it holds in quarantine; by default it is rejected. */
  mayBeIncomplete?: boolean;
  /** Called for every attempt with the request's address. */
  onTry?: (question: string) => void;
}
