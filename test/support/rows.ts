import { Reader } from '../../src/database/reader.js';
import { EventLogEntity } from '../../src/events/event-log.entity.js';
import { DocumentEntity } from '../../src/rates/model/document.entity.js';
import { RateRevisionEntity } from '../../src/rates/model/rate-revision.entity.js';
import { RateEntity } from '../../src/rates/model/rate.entity.js';
import type { RunningKurs } from './kurs.js';

/** Rows of tables, oldest first. */
export class Rows {
  constructor(private readonly kurs: RunningKurs) {}

  private get reader(): Reader {
    return this.kurs.get(Reader);
  }

  rates(): Promise<RateEntity[]> {
    return this.reader.select(RateEntity, 'row').orderBy('row.id').getMany();
  }

  revisions(): Promise<RateRevisionEntity[]> {
    return this.reader.select(RateRevisionEntity, 'row').orderBy('row.id').getMany();
  }

  documents(): Promise<DocumentEntity[]> {
    return this.reader.select(DocumentEntity, 'row').orderBy('row.id').getMany();
  }

  events(): Promise<EventLogEntity[]> {
    return this.reader.select(EventLogEntity, 'row').orderBy('row.seq').getMany();
  }
}
