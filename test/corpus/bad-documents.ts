import { encode1251, EUR, sheetXml, USD } from '../support/sheet-builder.js';
import { type BadAnswer, changed, document, NEXT } from './bad-answer.js';

const DECLARATION = '<?xml version="1.0" encoding="windows-1251"?>';
const SIZE = 4 * 1024 * 1024 - 100;
const around = (inside: string) => `${DECLARATION}<ValCurs>${inside}</ValCurs>`;
const filled = (unit: string) => around(unit.repeat(Math.floor((SIZE - 100) / unit.length)));
const declared = (encoding: string) => NEXT.replace('windows-1251', encoding);
const utf8 = (encoding: string, name: string) =>
  Buffer.from(declared(encoding).replace('Доллар США', name));
const declaring = (doctype: string) => NEXT.replace('?>', `?>${doctype}`);

const LAUGHS = Array.from(
  { length: 12 },
  (_, level) => `<!ENTITY a${level + 1} "${`&a${level};`.repeat(10)}">`,
).join('');

/** Answers that are not XML, not a document of the bank, or malicious. */
export const BAD_DOCUMENTS: BadAnswer[] = [
  document('nothing', 'empty', ''),
  document('white space', 'empty', ' \r\n\t '.repeat(1_000)),
  document('an XML declaration alone', 'empty', DECLARATION),
  document('zeros', 'encoding', Buffer.alloc(1_000)),
  document('plain text', 'malformed', 'Service temporarily unavailable'),
  document('JSON', 'malformed', '{"error":"unavailable"}'),
  document('a web page', 'html', '<!DOCTYPE html><html><title>DDOS-GUARD</title></html>'),
  document('a web page in capitals', 'html', '<HTML><BODY>Сайт недоступен</BODY></HTML>'),
  document('a web page after white space', 'html', '\r\n\r\n<!doctype HTML>\r\n<html></html>'),
  document('the rejection of a request', 'error_in_parameters', around('Error in parameters')),
  document('another root element', 'wrong_root', `${DECLARATION}<Valuta></Valuta>`),
  document(
    'a root element with a similar name',
    'wrong_root',
    NEXT.replaceAll('ValCurs', 'ValCursed'),
  ),
  document('two root elements', 'malformed', `${NEXT}${NEXT.replace(DECLARATION, '')}`),
  document('an empty root element', 'empty', `${DECLARATION}<ValCurs Date="22.04.2026"/>`),
  changed('crossed tags', 'malformed', '</Name>', '</Nam>'),
  changed('an attribute twice', 'malformed', 'ID="R01235"', 'ID="R01235" ID='),
  changed('an undeclared entity', 'malformed', 'Доллар', '&dollar;'),
  changed('a control character', 'encoding', 'Доллар', 'Дол\u0002лар'),
  changed('a reference to an invalid character', 'malformed', 'Доллар', 'Дол&#xd800;лар'),
  changed('a reference to a control character', 'encoding', 'Доллар', 'Дол&#128;лар'),
  document('content after the root element', 'truncated', `${NEXT}<!-- ${'x'.repeat(10)} -->`),
  document(
    'a self-closing root element before the content',
    'truncated',
    NEXT.replace('<ValCurs', '<ValCurs/><ValCurs'),
  ),

  document(
    'an entity bomb',
    'malformed',
    declaring(`<!DOCTYPE ValCurs [<!ENTITY a0 "ha">${LAUGHS}]>`),
  ),
  document(
    'an entity from a file',
    'malformed',
    declaring('<!DOCTYPE ValCurs [<!ENTITY x SYSTEM "file:///etc/passwd">]>').replace(
      'Доллар',
      '&x;',
    ),
  ),
  document(
    'an entity from the network',
    'malformed',
    declaring('<!DOCTYPE ValCurs SYSTEM "http://127.0.0.1:1/evil.dtd">'),
  ),
  changed(
    'a document type inside',
    'malformed',
    '<Valute',
    '<!DOCTYPE a [<!ENTITY x "y">]><Valute',
  ),
  document(
    '200,000 nested elements',
    'too_complex',
    around('<a>'.repeat(200_000) + '</a>'.repeat(200_000)),
  ),
  document('a million tiny elements', 'too_complex', filled('<a/>')),
  document('a million attributes', 'too_complex', `<ValCurs ${'a="" '.repeat(800_000)}></ValCurs>`),
  document('four megabytes of references', 'empty', filled('&amp;')),
  document('more than four megabytes', 'too_large', Buffer.alloc(SIZE + 200, ' ')),

  document('UTF-8 declared as windows-1251', 'encoding', utf8('windows-1251', 'Доллар США')),
  document('windows-1251 declared as UTF-8', 'encoding', encode1251(declared('utf-8'))),
  document(
    'windows-1251 without a declaration',
    'encoding',
    encode1251(NEXT.replace(DECLARATION, '')),
  ),
  document('windows-1251 declared as Latin-1', 'encoding', encode1251(declared('iso-8859-1'))),
  document('UTF-8 decoded as windows-1251', 'encoding', utf8('utf-8', 'Р”РѕР»Р»Р°СЂ РЎРЁРђ')),
  document('UTF-8 decoded as Latin-1', 'encoding', utf8('utf-8', 'Ð”Ð¾Ð»Ð»Ð°Ñ€')),
  document('windows-1251 decoded as Latin-1', 'encoding', utf8('utf-8', 'Äîëëàð ÑØÀ')),
  document('letters replaced by U+FFFD', 'encoding', utf8('utf-8', '\ufffd\ufffd\ufffd США')),
  document('letters replaced by question marks', 'encoding', utf8('utf-8', '?????? ???')),
  document(
    'UTF-16 with a byte order mark',
    'encoding',
    Buffer.from(`\ufeff${declared('UTF-16')}`, 'utf16le'),
  ),
  document(
    'UTF-16 without a byte order mark',
    'encoding',
    Buffer.from(declared('UTF-16'), 'utf16le'),
  ),
  document('big-endian UTF-16', 'encoding', Buffer.from(declared('UTF-16'), 'utf16le').swap16()),
  document('windows-1251 declared as UTF-16', 'encoding', encode1251(declared('utf-16'))),
  document('an unknown encoding', 'encoding', encode1251(declared('x-bank-1'))),
];

/** A sheet of two currencies, truncated before and after each tag. */
const SHORT = sheetXml('22.04.2026', [USD, EUR]);
export const TRUNCATED: BadAnswer[] = [...SHORT.matchAll(/(?<=>)|(?=<)/g)]
  .map(({ index }) => index)
  .filter((end) => end > DECLARATION.length && end < SHORT.length)
  .map((end) =>
    document(`a sheet that ends at character ${end}`, 'truncated', SHORT.slice(0, end)),
  );
