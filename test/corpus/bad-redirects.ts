import type { BadAnswer } from './bad-answer.js';

/** Redirects away from `bank`; the server at `impostor` would answer with a valid sheet. */
export function badRedirects(bank: URL, impostor: URL): BadAnswer[] {
  const path = '/scripts/XML_daily.asp';
  const to = (name: string, code: string, location: string): BadAnswer => ({
    name,
    code,
    answer: (_, response) => void response.writeHead(302, { Location: location }).end(),
  });
  return [
    to('another port of the same host', 'foreign_redirect', `${impostor.origin}${path}`),
    to('another host', 'foreign_redirect', `http://localhost:${bank.port}${path}`),
    to('another host without a protocol', 'foreign_redirect', `//localhost:${bank.port}${path}`),
    to('another protocol', 'foreign_redirect', `https://127.0.0.1:${bank.port}${path}`),
    to('a file', 'foreign_redirect', 'file:///etc/passwd'),
    to('a data: URL', 'foreign_redirect', 'data:text/xml,<ValCurs/>'),
    to('itself, again and again', 'http_status', path),
    to('an invalid address', 'http_status', 'http://['),
  ];
}
