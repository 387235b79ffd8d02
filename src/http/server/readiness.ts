import { Injectable } from '@nestjs/common';

/** Whether new requests are welcome: a load balancer asks before it sends any. */
@Injectable()
export class Readiness {
  private draining = false;

  get isDraining(): boolean {
    return this.draining;
  }

  /** From now on the load balancer is told to send requests elsewhere; those that come are answered. */
  drain(): void {
    this.draining = true;
  }
}
