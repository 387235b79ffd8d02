import { Injectable } from '@nestjs/common';

/** State of the data behind an answer. */
interface DataState {
  logId: string;
  dataVersion: number;
}

type Listener = () => void;

/** State of the data that reads use, as reported by the read model. ETags are made of it. */
@Injectable()
export class DataVersion {
  private state: DataState = { logId: '', dataVersion: -1 };
  private readonly listeners: Listener[] = [];

  get current(): DataState {
    return this.state;
  }

  /** Called by the read model. */
  advance({ logId, dataVersion }: DataState): void {
    this.state = { logId, dataVersion };
    for (const listener of this.listeners) listener();
  }

  /** Calls `listener` after every change. It must not throw. */
  onChange(listener: Listener): void {
    this.listeners.push(listener);
  }
}
