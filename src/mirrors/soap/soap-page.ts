import { servedNames } from './wsdl.js';
import type { SoapOperation } from './soap-operation.js';

/** What a browser finds at the address of the service. */
export function soapPage(operations: readonly SoapOperation[]): string {
  const names = operations.flatMap(servedNames).sort();
  return (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>DailyInfo Web Service</title></head>' +
    '<body><h1>DailyInfo</h1><p>The following operations are supported. For a formal definition, please review ' +
    `the <a href="DailyInfo.asmx?WSDL">Service Description</a>.</p><ul>` +
    `${names.map((name) => `<li>${name}</li>`).join('')}</ul></body></html>`
  );
}
