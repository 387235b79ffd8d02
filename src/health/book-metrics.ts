import { Injectable } from '@nestjs/common';
import { Gauge, type Metric } from 'prom-client';
import { RateBooks } from '../rates/book/index.js';

/** Size of the stored rates in memory; 0 until they are loaded. */
@Injectable()
export class BookMetrics {
  readonly all: Metric[];

  constructor(books: RateBooks) {
    const size = () => (books.isLoaded ? books.current.size : { versions: 0, bytes: 0 });
    this.all = [
      gauge('kurs_book_versions', 'Versions of rates in memory, the replaced ones too', () => {
        return size().versions;
      }),
      gauge('kurs_book_bytes', 'Memory that they take, in bytes', () => size().bytes),
      gauge('kurs_book_load_seconds', 'How long loading them took', () => books.loadMs / 1_000),
    ];
  }
}

function gauge(name: string, help: string, value: () => number): Metric {
  return new Gauge({
    ...{ name, help, registers: [] },
    collect() {
      this.set(value());
    },
  });
}
