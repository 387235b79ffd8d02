import { addressOfScreen, freshScreen } from './list-state.js';

const opened = (query: string) => freshScreen({ name: 'list' }, new URLSearchParams(query));

describe('the state of the list', () => {
  it('is in the address, but for what nobody changed', () => {
    expect(addressOfScreen(opened(''))).toBe('');
    const chosen =
      'search=%D0%B9%D0%B5%D0%BD%D0%B0&favourites=1&sort=-value&amount=5&from=EUR&to=JPY,CNY&on=2024-06-03';
    expect(addressOfScreen(opened(chosen))).toBe(`?${chosen}`);
  });

  it('ignores what it does not know', () => {
    expect(addressOfScreen(opened('sort=moon&from=%3Cb%3E&to=EUR,&on=soon&x=1'))).toBe('');
  });

  it('has the conversion of an address', () => {
    const conversion = {
      name: 'conversion',
      amount: '5',
      from: 'EUR',
      to: 'USD',
      date: '',
    } as const;
    const screen = freshScreen(conversion, new URLSearchParams());
    expect(screen.converter).toEqual({ amount: '5', from: 'EUR', to: 'USD', date: '' });
    expect(addressOfScreen(screen)).toBe('convert/5/EUR/USD');
  });
});
