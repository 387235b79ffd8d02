import { xmlText } from '../answers/index.js';
import type { SoapOperation, WsdlParameter } from './soap-operation.js';

/** Namespace of the bank's operations and of their parameters. */
export const BANK_NAMESPACE = 'http://web.cbr.ru/';

const SOAP = 'http://schemas.xmlsoap.org/wsdl/soap/';
const SOAP_12 = 'http://schemas.xmlsoap.org/wsdl/soap12/';
const HTTP_TRANSPORT = 'http://schemas.xmlsoap.org/soap/http';

/** The names under which an operation is served: that of the DataSet and that of the XML, if it answers a table. */
export function servedNames(operation: SoapOperation): string[] {
  const { name } = operation;
  return 'table' in operation ? [name, `${name}XML`] : [name];
}

/** Description of the service (WSDL 1.1) at that address, as ASP.NET writes it, with what is served of it. */
export function wsdlOf(operations: readonly SoapOperation[], address: string): string {
  const names = operations.flatMap(servedNames);
  const location = xmlText(address);
  return (
    '<?xml version="1.0" encoding="utf-8"?>' +
    `<wsdl:definitions xmlns:soap="${SOAP}" xmlns:soap12="${SOAP_12}" xmlns:tns="${BANK_NAMESPACE}"` +
    ' xmlns:s="http://www.w3.org/2001/XMLSchema" xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/"' +
    ` targetNamespace="${BANK_NAMESPACE}"><wsdl:types>` +
    `<s:schema elementFormDefault="qualified" targetNamespace="${BANK_NAMESPACE}">` +
    `${operations.map(elementsOf).join('')}</s:schema></wsdl:types>` +
    names.map(messagesOf).join('') +
    `<wsdl:portType name="DailyInfoSoap">${names.map(portOperation).join('')}</wsdl:portType>` +
    bindingOf('DailyInfoSoap', 'soap', names) +
    bindingOf('DailyInfoSoap12', 'soap12', names) +
    '<wsdl:service name="DailyInfo">' +
    portOf('DailyInfoSoap', 'soap', location) +
    portOf('DailyInfoSoap12', 'soap12', location) +
    '</wsdl:service></wsdl:definitions>'
  );
}

function elementsOf(operation: SoapOperation): string {
  const request = sequence(operation.parameters.map(parameterOf));
  return servedNames(operation)
    .map(
      (name) =>
        `<s:element name="${name}"><s:complexType>${request}</s:complexType></s:element>` +
        `<s:element name="${name}Response"><s:complexType>` +
        `${sequence([resultOf(operation, name)])}</s:complexType></s:element>`,
    )
    .join('');
}

function sequence(elements: string[]): string {
  return elements.length === 0 ? '' : `<s:sequence>${elements.join('')}</s:sequence>`;
}

/** Texts may be left out. */
function parameterOf({ name, type }: WsdlParameter): string {
  const least = type === 'string' ? 0 : 1;
  return `<s:element minOccurs="${least}" maxOccurs="1" name="${name}" type="s:${type}" />`;
}

function resultOf(operation: SoapOperation, name: string): string {
  if (!('table' in operation)) return parameterOf({ name: `${name}Result`, type: operation.type });
  const isXml = name !== operation.name;
  const content = isXml ? '<s:any />' : '<s:element ref="s:schema" /><s:any />';
  return (
    `<s:element minOccurs="0" maxOccurs="1" name="${name}Result">` +
    `<s:complexType${isXml ? ' mixed="true"' : ''}>${sequence([content])}</s:complexType></s:element>`
  );
}

function messagesOf(name: string): string {
  const message = (direction: string, element: string) =>
    `<wsdl:message name="${name}Soap${direction}">` +
    `<wsdl:part name="parameters" element="tns:${element}" /></wsdl:message>`;
  return message('In', name) + message('Out', `${name}Response`);
}

function portOperation(name: string): string {
  return (
    `<wsdl:operation name="${name}"><wsdl:input message="tns:${name}SoapIn" />` +
    `<wsdl:output message="tns:${name}SoapOut" /></wsdl:operation>`
  );
}

function bindingOf(binding: string, prefix: 'soap' | 'soap12', names: string[]): string {
  const body = `<${prefix}:body use="literal" />`;
  const operations = names.map(
    (name) =>
      `<wsdl:operation name="${name}">` +
      `<${prefix}:operation soapAction="${BANK_NAMESPACE}${name}" style="document" />` +
      `<wsdl:input>${body}</wsdl:input><wsdl:output>${body}</wsdl:output></wsdl:operation>`,
  );
  return (
    `<wsdl:binding name="${binding}" type="tns:DailyInfoSoap">` +
    `<${prefix}:binding transport="${HTTP_TRANSPORT}" />${operations.join('')}</wsdl:binding>`
  );
}

function portOf(binding: string, prefix: 'soap' | 'soap12', location: string): string {
  return (
    `<wsdl:port name="${binding}" binding="tns:${binding}">` +
    `<${prefix}:address location="${location}" /></wsdl:port>`
  );
}
