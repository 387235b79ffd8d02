export interface Block {
  id?: string;
  data?: string;
  /** Milliseconds. */
  retry?: number;
}

export class EventStreamParser {
  constructor(onBlock: (block: Block) => void);
  push(text: string): void;
}
