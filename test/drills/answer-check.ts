import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { ApiDocument, Endpoint } from './api-document.js';

/** What came back. */
export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** Mirrors answer 503 (HEAD: without a body) for days that are not loaded, and SOAP answers 500 for the mistakes of its clients. */
export function isForeseen({ status, headers, body }: Answer): boolean {
  if (status === 500) return /^<\?xml[^]*Fault>/.test(body);
  const isSaid = body === '' || body.includes('is not loaded');
  return status === 503 && headers['retry-after'] !== undefined && isSaid;
}

/** Holds answers against what the OpenAPI document says of them. */
export class AnswerCheck {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });
  private readonly validators = new Map<string, ValidateFunction>();

  constructor(private readonly document: ApiDocument) {
    (addFormats as unknown as (ajv: Ajv2020) => void)(this.ajv);
    this.ajv.addSchema({ ...document, $id: 'api' });
  }

  /** What is wrong with the answer of an operation; undefined when nothing is. */
  complaint(endpoint: Endpoint, answer: Answer): string | undefined {
    const { status, headers, body } = answer;
    if (status >= 500) return isForeseen(answer) ? undefined : `status ${status}`;
    const described = endpoint.operation.responses[status];
    const response = described ?? endpoint.operation.responses.default;
    if (!response) return `status ${status} is not documented`;
    if (!described && !UNDESCRIBED.has(status))
      return `status ${status} is documented by default alone`;
    if (status >= 400 && headers['cache-control'] !== 'no-store') return 'an error may be cached';
    const type = String(headers['content-type'] ?? '').split(';')[0] ?? '';
    const content = response.content ?? {};
    if (Object.keys(content).length === 0)
      return body === '' ? undefined : 'a body is not documented';
    if (!(type in content)) return `the type ${type} is not documented`;
    if (!/[/+]json$/.test(type)) return undefined;
    return this.mismatch(endpoint, described ? String(status) : 'default', type, body);
  }

  private mismatch(
    { path, method }: Endpoint,
    status: string,
    type: string,
    body: string,
  ): string | undefined {
    const steps = [
      'paths',
      path,
      method.toLowerCase(),
      'responses',
      status,
      'content',
      type,
      'schema',
    ];
    const pointer = steps.map(escaped).join('/');
    const known = this.validators.get(pointer);
    const validate = known ?? this.ajv.compile({ $ref: `api#/${pointer}` });
    this.validators.set(pointer, validate);
    if (validate(JSON.parse(body))) return undefined;
    return `the body is not as documented: ${this.ajv.errorsText(validate.errors)}`;
  }
}

/** What every operation may answer, and none describes for itself. */
const UNDESCRIBED = new Set([400, 405, 408, 413, 414, 415, 431]);

/** For a JSON pointer within a URI. */
function escaped(step: string): string {
  return encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'));
}
