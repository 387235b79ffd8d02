import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { moscowDate } from '../common/calendar-date.js';
import { Clock } from '../common/clock.js';
import { Settings } from '../config/settings.js';
import { DataVersion } from '../http/answers/index.js';
import type { Painter, Preview } from './page/paint-contract.js';
import { PageAnswers } from './page-answers.js';
import { PageFile } from './page-file.js';
import { PageShell } from './page-shell.js';
import { previewPicture } from './preview/preview-picture.js';

/** Documents in memory; one is some 100 kB. */
const MOST_PAGES = 64;
/** Longer addresses are hardly asked twice; in characters. */
const LONGEST_ADDRESS = 512;

/** An address of the page, as a client asks it. */
export interface PageAddress {
  /** Path without the first slash. */
  path: string;
  /** Query without the question mark. */
  query: string;
  language: 'ru' | 'en';
  /** Public address of the service, with a slash at the end. */
  base: string;
}

interface Page {
  status: number;
  file: PageFile;
  preview: Preview;
}

/** Documents of the page's addresses, painted from the read model and kept until it changes. */
@Injectable()
export class PaintedPages {
  private readonly pages = new LRUCache<string, Promise<Page>>({ max: MOST_PAGES });
  private readonly pictures = new LRUCache<string, PageFile>({ max: MOST_PAGES });

  constructor(
    private readonly answers: PageAnswers,
    private readonly version: DataVersion,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  page(address: PageAddress, press: Press): Promise<Page> {
    const version = this.version.current;
    const { logId, dataVersion } = version;
    const { path, query, language, base } = address;
    const days = [moscowDate(this.clock.now()), this.answers.lastDay];
    const key = JSON.stringify([logId, dataVersion, days, language, base, path, query]);
    const kept = this.pages.get(key);
    if (kept) return kept;
    const page = this.paint(address, version, press);
    // After a new sheet many readers ask for the same address at once.
    if (path.length + query.length <= LONGEST_ADDRESS) this.pages.set(key, page);
    page.catch(() => this.pages.delete(key));
    return page;
  }

  private async paint(
    address: PageAddress,
    { logId, dataVersion }: DataVersion['current'],
    { painter, shell }: Press,
  ): Promise<Page> {
    const { path, query, language, base } = address;
    const isDemo = this.settings.DEMO === 1;
    const isEmbeddable = this.settings.EMBED_ORIGINS !== '';
    const root = '../'.repeat(path.split('/').length - 1) || './';
    const painted = await painter.paint({
      ...{ path, query: new URLSearchParams(query), language, root, isDemo, isEmbeddable },
      read: (target) => this.answers.read(target),
    });
    const text = shell.document(painted, {
      ...{ language, root, base, isDemo, isEmbeddable },
      version: { logId, dataVersion },
    });
    return {
      status: painted.status,
      preview: painted.preview,
      file: new PageFile(`/${path}`, 'text/html; charset=utf-8', Buffer.from(text)),
    };
  }

  /** Picture for previews of links, drawn once for each text. */
  picture(preview: Preview): PageFile {
    const key = JSON.stringify(preview);
    const kept = this.pictures.get(key);
    if (kept) return kept;
    const file = new PageFile('/page/preview.png', 'image/png', previewPicture(preview));
    this.pictures.set(key, file);
    return file;
  }
}

/** What turns answers into documents: the page's own module, and the text around it. */
export interface Press {
  painter: Painter;
  shell: PageShell;
}
