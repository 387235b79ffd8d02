import { TextDecoder } from 'node:util';
import { SOAP_11, SOAP_12, type SoapVersion, versionClaimed } from './soap-version.js';
import { SoapFaultError } from './soap.errors.js';
import { childOf, rootOf, type XmlNode } from './xml-node.js';

/** A call, by the first element of the body: many clients send no SOAPAction, or a wrong one. */
export interface SoapRequest {
  version: SoapVersion;
  operation: string;
  /** Texts of its parameters by name; namespaces do not matter, as clients leave them out. */
  parameters: ReadonlyMap<string, string>;
}

/** Malformed XML, as the bank's server begins the explanation. */
const MALFORMED = 'There is an error in XML document.';

/** @throws SoapFaultError */
export function readRequest(body: Buffer, contentType: string | undefined): SoapRequest {
  const envelope = envelopeIn(body, versionClaimed(contentType));
  const version = versionOf(envelope, versionClaimed(contentType));
  rejectMandatoryHeaders(envelope, version);
  const soapBody = childOf(envelope, { uri: version.namespace, local: 'Body' });
  const call = soapBody?.$$?.[0];
  if (!call) throw SoapFaultError.unreadable(version, `${MALFORMED} ---> The body is empty.`);
  const parameters = (call.$$ ?? []).map(({ $ns, _ = '' }) => [$ns.local, _] as const);
  return { version, operation: call.$ns.local, parameters: new Map(parameters) };
}

/**
 * All that a call says is ASCII, so a body is taken for UTF-8 whatever its charset is: in another encoding it is
 * rejected rather than misread.
 */
function envelopeIn(body: Buffer, claimed: SoapVersion): XmlNode {
  try {
    return rootOf(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    // The parser's own words would be about its inside, and would quote the client.
    throw SoapFaultError.unreadable(claimed, MALFORMED);
  }
}

function versionOf({ $ns: { local, uri } }: XmlNode, claimed: SoapVersion): SoapVersion {
  if (local !== 'Envelope') throw SoapFaultError.unreadable(claimed, MALFORMED);
  const version = [SOAP_11, SOAP_12].find(({ namespace }) => namespace === uri);
  if (version) return version;
  const text =
    'Possible SOAP version mismatch: Envelope namespace was unexpected. ' +
    `Expecting ${SOAP_11.namespace} or ${SOAP_12.namespace}.`;
  throw new SoapFaultError(claimed, 'VersionMismatch', text);
}

/** No header is understood, so none may be mandatory (SOAP 1.1, 4.2.3; SOAP 1.2, part 1, 2.4). */
function rejectMandatoryHeaders(envelope: XmlNode, version: SoapVersion): void {
  const header = childOf(envelope, { uri: version.namespace, local: 'Header' });
  const isMandatory = ({ $: attributes = {} }: XmlNode) =>
    Object.values(attributes).some(
      ({ uri, local, value }) =>
        uri === version.namespace && local === 'mustUnderstand' && /^(?:1|true)$/.test(value),
    );
  if (!header?.$$?.some(isMandatory)) return;
  const text = 'A SOAP header that must be understood was not.';
  throw new SoapFaultError(version, 'MustUnderstand', text);
}
