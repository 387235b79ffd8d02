/**
 * Answers as the bank's SOAP service `DailyInfo.asmx` does.
 *
 * The `soap` package is no part of it, though tests call the service with its client. As a server it takes over the
 * request listeners of node:http, before limits, metrics and problem documents; reads and inflates bodies of any
 * size; chooses the operation by SOAPAction and one version of SOAP for all; and serializes objects as a whole,
 * without attributes of a diffgram. It would also bring forty packages (NTLM, XML signatures, form uploads). What is
 * left, reading one element with its texts and writing rows, takes xml2js, which is here already, and the guard of
 * the bank's documents (cbr/xml-bomb.ts).
 */
import type { Provider } from '@nestjs/common';
import { OPERATIONS } from './operations.js';
import type { SoapOperation } from './soap-operation.js';
import { SoapController } from './soap.controller.js';
import { SoapService } from './soap-service.js';

export { soapBodies } from './soap-bodies.js';

export const SOAP_CONTROLLERS = [SoapController];

export const SOAP_PROVIDERS: Provider[] = [
  ...OPERATIONS,
  {
    provide: SoapService,
    inject: OPERATIONS,
    useFactory: (...operations: SoapOperation[]) => new SoapService(operations),
  },
];
