import { Injectable } from '@nestjs/common';

type Values = Record<string, string | number>;

/** Values of parameters, by name, that exist in this service now. */
@Injectable()
export class LiveExamples {
  private readonly sources: (() => Values)[] = [];

  /** @param source may throw while nothing is loaded: the examples of the document are shown then */
  offer(source: () => Values): void {
    this.sources.push(source);
  }

  read(): Values {
    return Object.assign({}, ...this.sources.map(valuesOf)) as Values;
  }
}

function valuesOf(source: () => Values): Values {
  try {
    return source();
  } catch {
    return {};
  }
}
