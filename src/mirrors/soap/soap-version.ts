/** One of the two versions of SOAP; the bank's service speaks both. */
export interface SoapVersion {
  /** Namespace of its envelope. */
  readonly namespace: string;
  readonly contentType: string;
}

export const SOAP_11: SoapVersion = {
  namespace: 'http://schemas.xmlsoap.org/soap/envelope/',
  contentType: 'text/xml; charset=utf-8',
};

export const SOAP_12: SoapVersion = {
  namespace: 'http://www.w3.org/2003/05/soap-envelope',
  contentType: 'application/soap+xml; charset=utf-8',
};

/** The version that a request claims, for faults about envelopes that cannot be read. */
export function versionClaimed(contentType = ''): SoapVersion {
  return /^\s*application\/soap\+xml\b/i.test(contentType) ? SOAP_12 : SOAP_11;
}

/** What stands before and after the contents of a body, as ASP.NET writes it. */
export function envelopeOf({ namespace }: SoapVersion): { before: string; after: string } {
  return {
    before:
      `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="${namespace}"` +
      ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"' +
      ' xmlns:xsd="http://www.w3.org/2001/XMLSchema"><soap:Body>',
    after: '</soap:Body></soap:Envelope>',
  };
}
