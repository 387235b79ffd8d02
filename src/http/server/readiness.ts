import { Injectable } from '@nestjs/common';

/** Whether the instance accepts new requests; load balancers poll it. */
@Injectable()
export class Readiness {
  private draining = false;

  get isDraining(): boolean {
    return this.draining;
  }

  /** Reports unready from now on. Requests that still arrive are answered. */
  drain(): void {
    this.draining = true;
  }
}
