/** Request methods over NATS, on `<prefix>.<name>`. */
export const QUESTIONS = ['latest', 'history', 'convert', 'status'] as const;
