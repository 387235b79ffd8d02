/** How a question is asked. */
export interface Asking {
  /** Ends the question early, also while it waits for its next try. */
  stop: AbortSignal;
  /** Somebody waits for the answer: the bank is asked although it failed a moment ago. */
  isForced: boolean;
  /** Hears of every try of every question, as the bank's address spells it. */
  onTry?: (question: string) => void;
}
