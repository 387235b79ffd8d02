import { Transform } from 'class-transformer';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { InvalidRequestError } from '../../common/invalid-request.error.js';
import { StrictValidation } from './validation.js';

let checks = 0;

class Listing {
  @Transform(({ value }: { value: string }) => value.split(','))
  @IsIn(['USD', 'EUR'], { each: true })
  codes: string[] = ['USD'];
}

class Other {
  @Transform(({ value }: { value: string }) => {
    checks += 1;
    return value;
  })
  @IsOptional()
  @Matches(/^[A-Z,]+$/)
  codes?: string;
}

describe('strict validation', () => {
  const validation = new StrictValidation();
  const query = (metatype: typeof Listing | typeof Other, value: unknown) =>
    validation.transform(value, { type: 'query', metatype }) as Promise<{ codes?: unknown }>;

  it('validates equal parameters once, and freezes them', async () => {
    checks = 0;
    const first = await query(Other, { codes: 'USD' });
    expect(await query(Other, { codes: 'USD' })).toBe(first);
    expect(checks).toBe(1);
    expect(() => (first.codes = 'EUR')).toThrow(TypeError);
    const { codes } = (await query(Listing, { codes: 'USD' })) as Listing;
    expect(() => codes.push('EUR')).toThrow(TypeError);
  });

  it('separates different classes, names and texts', async () => {
    expect(await query(Listing, { codes: 'USD,EUR' })).toEqual({ codes: ['USD', 'EUR'] });
    expect(await query(Other, { codes: 'USD,EUR' })).toEqual({ codes: 'USD,EUR' });
    expect(await query(Listing, { codes: 'EUR' })).toEqual({ codes: ['EUR'] });
    expect(await query(Listing, {})).toEqual({ codes: ['USD'] });
  });

  it('rejects repeatedly', async () => {
    for (const _ of [1, 2]) {
      await expect(query(Other, { codes: 'usd' })).rejects.toThrow(InvalidRequestError);
      await expect(query(Other, { code: 'USD' })).rejects.toThrow(InvalidRequestError);
    }
  });

  it('rejects names on Object.prototype like any undeclared name', async () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      const given = JSON.parse(`{"codes":"USD","${name}":"1"}`) as object;
      for (const type of ['query', 'body', 'param'] as const) {
        await expect(validation.transform(given, { type, metatype: Other })).rejects.toMatchObject({
          details: { errors: [{ parameter: name, message: `${name} is unknown` }] },
        });
      }
    }
    expect(await query(Other, Object.assign(Object.create(null), { codes: 'USD' }))).toEqual({
      codes: 'USD',
    });
  });

  it('rejects too many names without validating each', async () => {
    checks = 0;
    const given = Object.fromEntries(Array.from({ length: 1_000 }, (_, at) => [`k${at}`, '1']));
    for (const type of ['query', 'body'] as const) {
      const all = { codes: 'USD', ...given };
      await expect(validation.transform(all, { type, metatype: Other })).rejects.toMatchObject({
        details: { errors: [{ parameter: 'k99' }] },
      });
    }
    expect(checks).toBe(0);
  });

  it('does not take the characters of a text for names', async () => {
    const text = 'A'.repeat(1_000);
    expect(await validation.transform(text, { type: 'param', metatype: String })).toBe(text);
  });

  it('validates bodies and long queries every time', async () => {
    checks = 0;
    const long = { codes: 'USD,'.repeat(200) };
    const body = { type: 'body', metatype: Other } as const;
    for (const _ of [1, 2]) {
      await query(Other, long);
      const checked = (await validation.transform({ codes: 'USD' }, body)) as Other;
      checked.codes = 'EUR';
    }
    expect(checks).toBe(4);
  });
});
