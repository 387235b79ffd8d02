import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type ApiKey, apiKeysIn, hashOfKey, type Scope } from '../../config/api-key.js';
import { Settings } from '../../config/settings.js';

/** Holder of a key, and its scopes. */
export interface KeyHolder {
  name: string;
  scopes: ReadonlySet<Scope>;
}

/** Keys for writes (API_KEYS). */
@Injectable()
export class ApiKeys {
  private readonly keys: readonly ApiKey[];

  constructor({ API_KEYS }: Settings) {
    this.keys = apiKeysIn(API_KEYS) ?? [];
  }

  get isEmpty(): boolean {
    return this.keys.length === 0;
  }

  /**
   * Holder of a key; undefined if the key is unknown. All keys are compared, so the time does not depend on the key.
   */
  holderOf(key: string): KeyHolder | undefined {
    const sha256 = hashOfKey(key);
    const own = this.keys.filter((each) => timingSafeEqual(each.sha256, sha256));
    const [first] = own;
    return first && { name: first.name, scopes: new Set(own.flatMap(({ scopes }) => scopes)) };
  }
}
