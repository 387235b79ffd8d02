import { RateEntity } from '../../src/rates/model/rate.entity.js';

/** Manual rates of one code with long names: together an answer of many megabytes. */
export function manyRates(count: number): RateEntity[] {
  const created_at = new Date('2020-01-01T00:00:00Z');
  return Array.from({ length: count }, (_, index) =>
    Object.assign(new RateEntity(), {
      ...{ cbr_id: null, code: 'OLD', name: 'x'.repeat(200), nominal: 1, value: `${index + 1}.5` },
      ...{ effective_date: '2020-01-01', source: 'manual', recorded_by: null, document_id: null },
      ...{ created_at, updated_at: created_at, recorded_at: created_at },
    }),
  );
}
