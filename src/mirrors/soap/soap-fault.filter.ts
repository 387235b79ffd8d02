import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import { faultXml } from './soap-fault.js';
import { SoapFaultError } from './soap.errors.js';

/** Sends faults, with the status that SOAP over HTTP gives them. */
@Catch(SoapFaultError)
export class SoapFaultFilter implements ExceptionFilter<SoapFaultError> {
  catch(fault: SoapFaultError, host: ArgumentsHost): void {
    host
      .switchToHttp()
      .getResponse<Response>()
      .status(500)
      .set('Cache-Control', 'no-store')
      .set('Content-Type', fault.version.contentType)
      .send(Buffer.from(faultXml(fault)));
  }
}
