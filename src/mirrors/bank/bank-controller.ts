import { applyDecorators } from '@nestjs/common';
import { ApiOkResponse, ApiQuery } from '@nestjs/swagger';
import { ApiAnswerHeaders } from '../../http/documents/index.js';
import { MirrorController, MirrorRoute } from '../answers/index.js';

/** A controller of the bank's XML services. */
export const BankController = (): ClassDecorator => MirrorController('mirror: www.cbr.ru');

/** A script of the bank; paths are matched without regard to case. */
export const BankRoute = (script: string, type = 'application/xml'): MethodDecorator =>
  applyDecorators(
    MirrorRoute(`scripts/${script}`),
    ApiOkResponse({ content: { [type]: { schema: { type: 'string' } } } }),
    ApiAnswerHeaders('Kurs-Built', 'Kurs-Quarantined'),
  );

/** A parameter with a day. */
export const BankDateQuery = (
  name: string,
  description: string,
  { required = false } = {},
): MethodDecorator =>
  ApiQuery({
    name,
    description: `${description}: \`dd/mm/yyyy\` or \`dd.mm.yyyy\``,
    required,
    schema: { type: 'string', example: '04/04/2025' },
  });
