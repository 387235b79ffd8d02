import { Injectable } from '@nestjs/common';
import { LiveExamples } from '../../http/documents/index.js';
import { CurrentRates } from '../reading/index.js';

/** Offers Swagger UI the newest sheet, a rate, and a position before the newest event. */
@Injectable()
export class TryOutValues {
  constructor(examples: LiveExamples, current: CurrentRates) {
    examples.offer(() => {
      const { rows, position } = current.current();
      const published = rows.filter(({ source }) => source === 'cbr');
      const date = published
        .map((row) => row.effective_date)
        .sort()
        .at(-1);
      const row = rows.find(({ code }) => code === 'USD') ?? rows[0];
      return {
        after: Math.max(0, position.seq - 1),
        ...(date && { date }),
        ...(row && { rate_id: row.id }),
      };
    });
  }
}
