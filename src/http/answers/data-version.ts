import { Injectable } from '@nestjs/common';

/** Which state of the data answers are made of. */
interface DataState {
  logId: string;
  dataVersion: number;
}

type Listener = () => void;

/** The state of the data that reads are answered from, as the read model reports it: tags are made of it. */
@Injectable()
export class DataVersion {
  private state: DataState = { logId: '', dataVersion: -1 };
  private readonly listeners: Listener[] = [];

  get current(): DataState {
    return this.state;
  }

  /** Reported by the read model. */
  advance({ logId, dataVersion }: DataState): void {
    this.state = { logId, dataVersion };
    for (const listener of this.listeners) listener();
  }

  /** Calls `listener` after every change; it must not throw. */
  onChange(listener: Listener): void {
    this.listeners.push(listener);
  }
}
