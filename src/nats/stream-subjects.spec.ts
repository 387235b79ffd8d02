import { settingsFrom } from '../config/environment.js';
import { lackingSubjects, type StreamTerms, streamSubjects, unfitness } from './stream-subjects.js';

const OURS = streamSubjects(settingsFrom({}));
const KINDS = ['created', 'updated', 'deleted'].map((kind) => `rates.events.rate_${kind}`);
const under = (wildcard: string) => KINDS.map((kind) => `${kind}.${wildcard}`);

describe('the subjects of a stream', () => {
  it.each([
    [['rates.events.>']],
    [['*.events.>']],
    [['rates.events.*.*']],
    [['rates.*.*.*']],
    [['*.*.*.>']],
    [under('*')],
    [under('>')],
    [['elsewhere', ...under('*')]],
  ])('%j keep every event', (held) => {
    expect(lackingSubjects(held, OURS)).toEqual([]);
    expect(unfitness({ subjects: held }, OURS)).toBeUndefined();
  });

  it.each([
    [[], ['rates.events.>']],
    [['elsewhere'], ['rates.events.>']],
    [['rates.*'], ['rates.events.>']],
    [['rates.events'], ['rates.events.>']],
    [under('*').slice(1), [`${KINDS[0]}.*`]],
    // No other subject can be added to it: the broker says so.
    [['rates.events.*.USD'], under('*')],
  ])('%j lack %j', (held, lacking) => {
    expect(lackingSubjects(held, OURS)).toEqual(lacking);
  });

  it.each([
    ['rates.>', 'rates.latest'],
    ['>', 'rates.latest'],
    ['rates.*', 'rates.latest'],
    ['*.status', 'rates.status'],
    ['rates.hints', 'rates.hints'],
    ['*.updates', 'rates.updates'],
    ['_INBOX.>', '_INBOX.*'],
    ['*.*.*', '_INBOX.*.*'],
    ['*.*', 'rates.latest'],
  ])('must not have "%s" among them, which also takes %s', (subject, taken) => {
    expect(unfitness({ subjects: ['rates.events.>', subject] }, OURS)).toBe(
      `its subject "${subject}" also takes "${taken}", which is not an event: give it "rates.events.>" instead`,
    );
  });

  it('are those of the settings', () => {
    const settings = { NATS_SUBJECT_PREFIX: 'a.b', NATS_MIRROR_SUBJECT: '' };
    const ours = streamSubjects(settingsFrom(settings));
    expect(lackingSubjects(['a.*.events.>'], ours)).toEqual([]);
    expect(unfitness({ subjects: ['rates.>', 'a.b.updates'] }, ours)).toBeUndefined();
    expect(unfitness({ subjects: ['a.>'] }, ours)).toContain('a.b.latest');
  });

  it.each([
    [{ mirror: { name: 'OTHER' } }, 'mirrors another stream'],
    [{ no_ack: true }, 'acknowledges nothing'],
    [{ sealed: true }, 'is sealed'],
  ])('are of no use where it can take nothing: %j', (terms, reason) => {
    const stream = { subjects: ['rates.events.>'], ...terms } as StreamTerms;
    expect(unfitness(stream, OURS)).toContain(reason);
  });
});
