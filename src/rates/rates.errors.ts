import { KursError } from '../common/kurs.error.js';

export class RateNotFoundError extends KursError {
  constructor(id: number) {
    super('rates.not_found', `There is no rate with id ${id}`);
  }
}

export class UnknownCodeError extends KursError {
  constructor(code: string) {
    super('rates.unknown_code', `No rate of ${code} is stored`);
  }
}
