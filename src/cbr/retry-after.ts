const SECONDS = /^\d{1,9}$/;
/** The three date formats of HTTP, one without a zone: https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7 */
const HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? [\w :-]{10,30}$/;

/** `Retry-After` in milliseconds from `now`; undefined if it is neither seconds nor a date. */
export function retryAfterMs(text: string, now: Date): number | undefined {
  if (SECONDS.test(text)) return Number.parseInt(text, 10) * 1_000;
  if (!HTTP_DATE.test(text)) return undefined;
  const instant = Date.parse(text.endsWith('GMT') ? text : `${text} GMT`);
  return Number.isNaN(instant) ? undefined : Math.max(0, instant - now.getTime());
}
