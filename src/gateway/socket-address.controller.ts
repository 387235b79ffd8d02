import type { Response } from 'express';
import { Controller, Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { UpgradeRequiredError } from './gateway.errors.js';

/** Tells those who ask for the socket's address without a handshake what it is (RFC 9110, section 15.5.22). */
@ApiExcludeController()
@Controller('ws/rates')
export class SocketAddressController {
  @Get()
  explain(@Res({ passthrough: true }) response: Response): never {
    response.set({ Upgrade: 'websocket', Connection: 'Upgrade' });
    throw new UpgradeRequiredError();
  }
}
