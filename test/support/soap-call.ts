export const SOAP_11 = 'http://schemas.xmlsoap.org/soap/envelope/';
export const SOAP_12 = 'http://www.w3.org/2003/05/soap-envelope';

export const SOAP_PATH = '/DailyInfoWebServ/DailyInfo.asmx';

/** A call in SOAP 1.1 or 1.2 with parameters in their order. */
export function soapEnvelope(
  operation: string,
  parameters: Record<string, string> = {},
  namespace = SOAP_11,
): string {
  const given = Object.entries(parameters).map(([name, text]) => `<${name}>${text}</${name}>`);
  return (
    `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="${namespace}"><soap:Body>` +
    `<${operation} xmlns="http://web.cbr.ru/">${given.join('')}</${operation}></soap:Body></soap:Envelope>`
  );
}

/** Sends a body to the SOAP service at a base URL. */
export function postSoap(
  base: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = { 'Content-Type': 'text/xml; charset=utf-8' },
): Promise<Response> {
  return fetch(base + SOAP_PATH, { method: 'POST', body, headers });
}
