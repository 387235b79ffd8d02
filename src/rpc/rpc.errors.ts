import { KursError } from '../common/kurs.error.js';

/** The request is not JSON within its bounds, or not an object of parameters. */
export class MalformedRequestError extends KursError {
  override readonly status = 400;

  constructor(
    /** Completes "it …". */
    reason: string,
    /** The id that the answer must carry. */
    readonly packetId: string | undefined,
  ) {
    super('rpc.malformed_request', `The request must be a JSON object of parameters; it ${reason}`);
  }
}

/** The answer exceeds the broker's largest message. */
export class AnswerTooLargeError extends KursError {
  override readonly status = 413;

  constructor(bytes: number, most: number) {
    super(
      'rpc.answer_too_large',
      `The answer has ${bytes} bytes and the broker carries ${most}: ask for less, with codes or limit`,
    );
  }
}
