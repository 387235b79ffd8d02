import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type ApiKey, apiKeysIn, hashOfKey, type Scope } from '../../config/api-key.js';
import { Settings } from '../../config/settings.js';

/** Who has a key, and what it opens. */
export interface KeyHolder {
  name: string;
  scopes: ReadonlySet<Scope>;
}

/** The keys that open writes (API_KEYS). */
@Injectable()
export class ApiKeys {
  private readonly keys: readonly ApiKey[];

  constructor({ API_KEYS }: Settings) {
    this.keys = apiKeysIn(API_KEYS) ?? [];
  }

  get isEmpty(): boolean {
    return this.keys.length === 0;
  }

  /** Whose key it is; undefined when it is nobody's. Every key is compared, whichever one it is. */
  holderOf(key: string): KeyHolder | undefined {
    const sha256 = hashOfKey(key);
    const own = this.keys.filter((each) => timingSafeEqual(each.sha256, sha256));
    const [first] = own;
    return first && { name: first.name, scopes: new Set(own.flatMap(({ scopes }) => scopes)) };
  }
}
