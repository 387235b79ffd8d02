import type { Request } from 'express';
import { addressAsked } from './address-asked.js';

const asked = (headers: Request['headers']) =>
  addressAsked({ headers, socket: { localPort: 3000 } as Request['socket'] });

describe('the address of the service', () => {
  it.each(['kurs.example.com', 'KURS_1.example:8080', '127.0.0.1:3000', '[::1]:3000'])(
    'is the host that was asked: %s',
    (host) => {
      expect(asked({ host })).toBe(`http://${host}`);
      expect(asked({ host, 'x-forwarded-proto': 'https' })).toBe(`https://${host}`);
    },
  );

  it.each([
    '',
    'user@host',
    'a/b',
    'a?b',
    'a);alert(1)//',
    'evil"x',
    '</script>',
    'a b',
    'x:99999',
  ])('is that of the machine for what is no host: %s', (host) =>
    expect(asked({ host })).toBe('http://localhost:3000'),
  );
});
