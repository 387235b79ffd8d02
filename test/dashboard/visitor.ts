import { readFileSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { findChromium } from '../support/find-chromium.js';

/** Timeout of one wait, in milliseconds; generous, because a machine under load is slow. */
const PATIENCE_MS = 15_000;

export function launchChromium(): Promise<Browser> {
  // Root has no sandbox in containers, and /dev/shm is small there.
  const args = ['--no-sandbox', '--disable-dev-shm-usage'];
  return chromium.launch({ executablePath: findChromium(), args });
}

/** Browser settings of a visitor. */
export interface Habits {
  locale?: string;
  colorScheme?: 'light' | 'dark';
  width?: number;
  height?: number;
  /** Without it the page is what the service painted. */
  javaScriptEnabled?: boolean;
  /** `allow`: the page may keep itself; a test cannot replace answers then. */
  serviceWorkers?: 'allow' | 'block';
}

interface Finding {
  id: string;
  impact: string;
  nodes: { target: string[] }[];
}

/** A browser profile of its own with the page open. */
export class Visitor {
  /** What no visit may cause: requests to other hosts, errors, answers with a status of 500 or more. */
  readonly complaints: string[] = [];

  /** While a service starts, it may answer 503; the page then retries. */
  isServiceStarting = false;

  private constructor(
    readonly page: Page,
    private readonly context: BrowserContext,
    private readonly url: string,
  ) {
    page.on('pageerror', ({ message }) => this.complaints.push(`threw: ${message}`));
    page.on('console', (message) => {
      const text = message.text();
      // The browser itself logs failed connections.
      const isOurs = !/WebSocket connection|Failed to load resource/.test(text);
      if (message.type() === 'error' && isOurs) this.complaints.push(`said: ${text}`);
    });
    page.on('request', (request) => {
      if (new URL(request.url()).host !== new URL(url).host) {
        this.complaints.push(`asked ${request.url()}`);
      }
    });
    page.on('response', (response) => {
      const status = response.status();
      if (status < 500 || (status === 503 && this.isServiceStarting)) return;
      this.complaints.push(`${status} ${response.url()}`);
    });
  }

  static async arrive(
    browser: Browser,
    url: string,
    { width = 1280, height = 900, ...habits }: Habits = {},
  ): Promise<Visitor> {
    const viewport = { width, height };
    const usual: Habits = { locale: 'ru-RU', colorScheme: 'light', serviceWorkers: 'block' };
    const context = await browser.newContext({ ...usual, ...habits, viewport });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    return new Visitor(page, context, url);
  }

  /** Opens a view and waits for its rates, and for the script: it is the one that connects. */
  async open(hash = ''): Promise<void> {
    await this.page.goto(`${this.url}/${hash}`);
    await this.page.locator('main .digits').first().waitFor();
    await this.page.locator('.live:not([data-state="connecting"])').waitFor();
  }

  /** Waits until an element's whole text matches. */
  async sees(selector: string, text: RegExp | string): Promise<void> {
    const wanted = typeof text === 'string' ? text : new RegExp(text.source, 's');
    await this.page.locator(selector).filter({ hasText: wanted }).first().waitFor();
  }

  /** Waits until no visible element has the text. */
  async seesNo(selector: string, text: string): Promise<void> {
    const visible = this.page.locator(selector).filter({ hasText: text, visible: true });
    await visible.first().waitFor({ state: 'hidden' });
  }

  /** Visible texts of all matching elements. */
  async texts(selector: string): Promise<string[]> {
    return (await this.page.locator(selector).allInnerTexts()).map((text) => text.trim());
  }

  async text(selector: string): Promise<string> {
    return (await this.texts(selector))[0] ?? '';
  }

  /** Serious and critical findings of axe-core in the open view: rule and places. */
  async seriousFindings(): Promise<[string, string[][]][]> {
    // Injected past the Content-Security-Policy, which allows only the page's own scripts.
    await this.page.evaluate(readFileSync('node_modules/axe-core/axe.min.js', 'utf8'));
    const { violations } = await this.page.evaluate<{ violations: Finding[] }>('axe.run()');
    const serious = violations.filter(({ impact }) => /serious|critical/.test(impact));
    return serious.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)]);
  }

  async leave(): Promise<void> {
    await this.context.close();
  }
}
