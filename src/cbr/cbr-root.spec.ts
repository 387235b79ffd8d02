import { rootOf } from './cbr-root.js';

const refusal = (code: string, message: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) as string }) as Error;

describe('the root of a document', () => {
  it.each([
    ['alone', '<ValCurs></ValCurs>'],
    ['behind a declaration', '<?xml version="1.0"?><ValCurs></ValCurs>'],
    ['behind a byte order mark', '\ufeff<?xml version="1.0"?><ValCurs></ValCurs>'],
    ['behind lines without anything', '<?xml version="1.0"?>\n \n<ValCurs></ValCurs>'],
    ['before lines without anything', '<ValCurs></ValCurs>\r\n \n'],
    ['with a space in its end', '<ValCurs></ValCurs \n>'],
    ['that ends at once', '<ValCurs Date="25.04.2026"/>'],
    ['that ends at once, before a line', '<ValCurs/>\n'],
  ])('is found %s', (_, text) => {
    expect(rootOf(text, 'ValCurs')).toBeDefined();
  });

  it('has attributes, texts without the spaces around them, and lists of children by name', () => {
    const text = '<ValCurs Date="x"><A> a b </A><B/><A>\n<C>c</C></A></ValCurs>';
    expect(rootOf(text, 'ValCurs')).toEqual({
      $: { Date: 'x' },
      A: [{ _: 'a b' }, { C: [{ _: 'c' }] }],
      B: [{}],
    });
    expect(rootOf('<Valuta><Item/></Valuta>', 'Valuta')).toEqual({ Item: [{}] });
  });

  it.each([
    ['nothing', '', 'cbr.empty', /empty/],
    ['spaces', ' \n ', 'cbr.empty', /empty/],
    ['a declaration alone', '<?xml version="1.0"?>\n', 'cbr.empty', /empty/],
    ['a web page', '<html><body></body></html>', 'cbr.html', /web page/],
    ['one behind a declaration', '<?xml version="1.0"?><html></html>', 'cbr.html', /web page/],
    ['a document type', '<!DOCTYPE ValCurs><ValCurs></ValCurs>', 'cbr.malformed', /DOCTYPE/],
    ['a comment before the root', '<!-- --><ValCurs></ValCurs>', 'cbr.malformed', /DOCTYPE/],
    ['a text', 'ValCurs', 'cbr.malformed', /not XML/],
    ['a text before the root', 'x<ValCurs></ValCurs>', 'cbr.malformed', /not XML/],
    ['a root without a name', '< ValCurs></ValCurs>', 'cbr.malformed', /not XML/],
    ['another root', '<Valuta></Valuta>', 'cbr.wrong_root', /is <Valuta>, not <ValCurs>/],
    ['one that is called nearly so', '<ValCur></ValCur>', 'cbr.wrong_root', /is <ValCur>,/],
    ['a root that does not end', '<ValCurs>', 'cbr.truncated', /ends before <\/ValCurs>/],
    ['half an end', '<ValCurs></ValCurs', 'cbr.truncated', /ends before/],
    ['the end of another', '<ValCurs></Valute>', 'cbr.truncated', /ends before/],
    ['an end, then more', '<ValCurs></ValCurs>x', 'cbr.truncated', /ends before/],
    ['a root that ends at once, then more', '<ValCurs/>x', 'cbr.truncated', /ends before/],
    ['two ends', '<ValCurs></ValCurs></ValCurs>', 'cbr.malformed', /continues after/],
    [
      'two roots',
      '<ValCurs></ValCurs><ValCurs></ValCurs>',
      'cbr.malformed',
      /continues after.*<\/ValCurs>/,
    ],
    ['crossed tags', '<ValCurs><a></b></ValCurs>', 'cbr.malformed', /well-formed XML: Unexpected/],
    ['thirty-three levels', `<ValCurs>${'<a>'.repeat(32)}</ValCurs>`, 'cbr.too_complex', /33 deep/],
    ['a refusal', '<ValCurs>Error in parameters</ValCurs>', 'cbr.error_in_parameters', /answers/],
    [
      'one in other letters, among other words',
      '<ValCurs>An ERROR IN PARAMETERS, sorry</ValCurs>',
      'cbr.error_in_parameters',
      /Error in parameters/,
    ],
  ])('is not found in %s', (_, text, code, message) => {
    expect(() => rootOf(text, 'ValCurs')).toThrow(refusal(code, message));
  });

  it('is refused under the bank’s usual name when something else was asked for', () => {
    expect(() => rootOf('<ValCurs>Error in parameters</ValCurs>', 'Valuta')).toThrow(
      refusal('cbr.error_in_parameters', /./),
    );
    expect(() => rootOf('<ValCurs></ValCurs>', 'Valuta')).toThrow(
      refusal('cbr.wrong_root', /is <ValCurs>, not <Valuta>/),
    );
  });

  it('is named with forty letters at most', () => {
    expect(() => rootOf(`<${'x'.repeat(99)}></x>`, 'ValCurs')).toThrow(
      refusal('cbr.wrong_root', /<x{40}>/),
    );
  });
});
