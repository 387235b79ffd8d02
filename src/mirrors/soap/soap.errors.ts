import type { SoapVersion } from './soap-version.js';

/** Whose fault it is, by its name in SOAP 1.1. */
export type FaultCode = 'Client' | 'MustUnderstand' | 'VersionMismatch';

/** A request that is answered with a SOAP fault, which has no code of ours. Failures of Kurs are problem documents. */
export class SoapFaultError extends Error {
  constructor(
    readonly version: SoapVersion,
    readonly fault: FaultCode,
    text: string,
  ) {
    super(text);
  }

  /** The bank's answer to an operation that it does not know, whatever the header was. */
  static unknownOperation(version: SoapVersion): SoapFaultError {
    const text = 'Server did not recognize the value of HTTP Header SOAPAction.';
    return new SoapFaultError(version, 'Client', text);
  }

  static unreadable(version: SoapVersion, reason: string): SoapFaultError {
    const text = `Server was unable to read request. ---> ${reason}`;
    return new SoapFaultError(version, 'Client', text);
  }
}
