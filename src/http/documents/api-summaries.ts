import type { OpenAPIObject } from '@nestjs/swagger';
import { operationsOf } from './api-operations.js';

/** End of the first sentence, also before a line break. */
const SENTENCE_END = /\.(?:\s+|$)/;

/** Splits the docstring of each route: its first sentence is the summary, the rest the description. */
export function withSummaries(document: OpenAPIObject): OpenAPIObject {
  for (const { operation } of operationsOf(document)) {
    const { summary: text = '' } = operation;
    const [summary = ''] = text.split(SENTENCE_END, 1);
    const rest = text.slice(summary.length).replace(SENTENCE_END, '').replaceAll('\n', ' ').trim();
    operation.summary = summary.replaceAll('\n', ' ');
    if (rest !== '') operation.description = rest;
  }
  return document;
}
