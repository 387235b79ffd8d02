import { onOrder, tellParent } from './parent.js';

/** An answer as messages between processes carry it: the body in base64. */
export interface GivenAnswer {
  status: number;
  headers: string[];
  body: string;
}

export interface AnswerOrder {
  answer?: GivenAnswer;
}

/** The answer that the parent gave last. */
export function answerFromParent(): { status: number; headers: string[]; body: Buffer } {
  const given = { status: 404, headers: [] as string[], body: Buffer.alloc(0) };
  onOrder(({ answer }: AnswerOrder) => {
    if (!answer) return;
    Object.assign(given, answer, { body: Buffer.from(answer.body, 'base64') });
    tellParent({ isReady: true });
  });
  return given;
}
