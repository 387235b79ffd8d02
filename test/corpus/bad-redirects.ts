import type { BadAnswer } from './bad-answer.js';

/** Redirects away from the bank at `bank`; at `impostor` another would answer with a good sheet. */
export function badRedirects(bank: URL, impostor: URL): BadAnswer[] {
  const path = '/scripts/XML_daily.asp';
  const to = (name: string, code: string, location: string): BadAnswer => ({
    name,
    code,
    answer: (_, response) => void response.writeHead(302, { Location: location }).end(),
  });
  return [
    to('another port of its own machine', 'foreign_redirect', `${impostor.origin}${path}`),
    to('another host', 'foreign_redirect', `http://localhost:${bank.port}${path}`),
    to('another host without a protocol', 'foreign_redirect', `//localhost:${bank.port}${path}`),
    to('another protocol', 'foreign_redirect', `https://127.0.0.1:${bank.port}${path}`),
    to('a file', 'foreign_redirect', 'file:///etc/passwd'),
    to('an address within the document', 'foreign_redirect', 'data:text/xml,<ValCurs/>'),
    to('itself, again and again', 'http_status', path),
    to('an address that is none', 'http_status', 'http://['),
  ];
}
