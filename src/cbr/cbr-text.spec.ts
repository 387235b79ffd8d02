import { encode1251 } from '../../test/support/sheet-builder.js';
import { decodeDocument, rejectWebPage } from './cbr-text.js';

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const refusal = (message: RegExp) =>
  expect.objectContaining({
    code: 'cbr.encoding',
    message: expect.stringMatching(message) as string,
  }) as Error;

describe('the encoding of a document', () => {
  it.each([
    '<?xml version="1.0" encoding="windows-1251"?>',
    "<?xml version='1.0' encoding='windows-1251'?>",
    '\n <?xml version="1.0"  encoding = "Windows-1251" standalone="yes" ?>',
    `<?xml version="1.0"${' '.repeat(150)}encoding="cp1251"?>`,
  ])('is declared by %j', (declaration) => {
    const text = `${declaration}<ValCurs>Доллар</ValCurs>`;
    expect(decodeDocument(encode1251(text))).toBe(text);
  });

  it.each([
    ['nothing', '<ValCurs>Доллар</ValCurs>'],
    ['a declaration without it', '<?xml version="1.0"?><a>Доллар</a>'],
    ['an element of that name', '<a>Доллар<?xml encoding="windows-1251"?></a>'],
    ['a byte order mark alone', '\ufeff<a>Доллар</a>'],
    ['a declaration behind the mark', '\ufeff<?xml version="1.0" encoding="utf-8"?><a>Доллар</a>'],
  ])('is UTF-8 for %s', (_, text) => {
    expect(decodeDocument(Buffer.from(text))).toBe(text.replace('\ufeff', ''));
  });

  it('that the mark contradicts is a lie', () => {
    const text = '\ufeff<?xml version="1.0" encoding="windows-1251"?><a>x</a>';
    expect(() => decodeDocument(Buffer.from(text))).toThrow(
      refusal(/is UTF-8, but declares windows-1251/),
    );
  });

  it('may be any for plain letters', () => {
    const text = '<?xml version="1.0" encoding="iso-8859-5"?><a>x</a>';
    expect(decodeDocument(Buffer.from(text))).toBe(text);
  });

  it.each([
    ['unknown', '<?xml version="1.0" encoding="x-none"?><a/>', /Unknown encoding x-none/],
    [
      'of two bytes',
      '<?xml version="1.0" encoding="utf-16le"?><a/>',
      /is not in utf-16le, its declared/,
    ],
    [
      'not that of the bytes',
      '<?xml version="1.0" encoding="utf-8"?>\u00c4',
      /is not in utf-8, its declared/,
    ],
    ['undeclared, and not UTF-8', '<a>\u00c4</a>', /is not in utf-8, its declared/],
    [
      'one of lost letters',
      '<?xml version="1.0"?><a>????</a>',
      /wrong encoding before.*"\?{4}<\/a>"/,
    ],
  ])('is refused: %s', (_, text, message) => {
    expect(() => decodeDocument(latin1(text))).toThrow(refusal(message));
  });

  it.each(['x-none', 'utf-8'])('%s: the reason is kept for those who look for it', (encoding) => {
    try {
      decodeDocument(latin1(`<?xml version="1.0" encoding="${encoding}"?>\u00c4`));
      throw new Error('not refused');
    } catch (thrown) {
      expect((thrown as Error).cause).toHaveProperty('message');
    }
  });
});

describe('a web page', () => {
  it.each([
    ...['<html>', '<HTML lang="ru">', '<!DOCTYPE html>', '<!doctype  HTML >', '\n\r  <html>'],
    ...['\u00ef\u00bb\u00bf<html\n>', '12345678<html>'],
  ])('begins with %j', (beginning) => {
    expect(() => rejectWebPage(beginning)).toThrow(
      expect.objectContaining({ code: 'cbr.html', message: 'The answer is a web page' }) as Error,
    );
  });

  it.each([
    ...['', 'html', '<htmlx>', '<!doctypehtml>', '<!doctype html5>', '123456789<html>'],
    ...['<a><html>', '<ValCurs>', '<!doctype xhtml>'],
  ])('does not begin with %j', (beginning) => {
    expect(() => rejectWebPage(beginning)).not.toThrow();
  });
});
