import { xmlText } from '../answers/index.js';
import { envelopeOf, SOAP_11 } from './soap-version.js';
import type { FaultCode, SoapFaultError } from './soap.errors.js';

/** What SOAP 1.2 calls them. */
const CODES_OF_12: Readonly<Record<FaultCode, string>> = {
  Client: 'Sender',
  MustUnderstand: 'MustUnderstand',
  VersionMismatch: 'VersionMismatch',
};

/** The document of a fault in its version of SOAP. */
export function faultXml({ version, fault, message }: SoapFaultError): string {
  const { before, after } = envelopeOf(version);
  const text = xmlText(message);
  const parts =
    version === SOAP_11
      ? `<faultcode>soap:${fault}</faultcode><faultstring>${text}</faultstring><detail />`
      : `<soap:Code><soap:Value>soap:${CODES_OF_12[fault]}</soap:Value></soap:Code>` +
        `<soap:Reason><soap:Text xml:lang="en">${text}</soap:Text></soap:Reason><soap:Detail />`;
  return `${before}<soap:Fault>${parts}</soap:Fault>${after}`;
}
