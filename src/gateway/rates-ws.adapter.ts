import type { IncomingMessage } from 'node:http';
import type { INestApplicationContext } from '@nestjs/common';
import { WsAdapter } from '@nestjs/platform-ws';
import type { Settings } from '../config/settings.js';

const LARGEST_INBOUND_FRAME_BYTES = 4 * 1024;

type Verdict = (isAccepted: boolean, status?: number, message?: string) => void;

/** The platform's adapter with bounds of ours: small inbound frames, no compression, known origins. */
export class RatesWsAdapter extends WsAdapter {
  constructor(
    app: INestApplicationContext,
    private readonly settings: Settings,
  ) {
    super(app);
  }

  override create(port: number, options: Record<string, unknown>): ReturnType<WsAdapter['create']> {
    return super.create(port, {
      ...options,
      maxPayload: LARGEST_INBOUND_FRAME_BYTES,
      perMessageDeflate: false,
      clientTracking: true,
      verifyClient: ({ req }: { req: IncomingMessage }, answer: Verdict) => {
        if (isAllowedOrigin(req, this.settings.ALLOWED_ORIGINS)) answer(true);
        else answer(false, 403, 'Origin not allowed');
      },
    });
  }
}

/** Programs send no Origin; pages may come from this service itself or from an origin on the list. */
export function isAllowedOrigin(
  { headers: { origin, host } }: Pick<IncomingMessage, 'headers'>,
  allowed: string,
): boolean {
  if (origin === undefined || allowed === '*') return true;
  if (allowed.split(',').includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
