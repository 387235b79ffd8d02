import { isInbox } from './reply-subject.js';

describe('the subject that an answer is wanted on', () => {
  it.each([
    '_INBOX.abc',
    '_INBOX.JTDZN8qQVcKO3.1',
    '_INBOX.a.b.c',
    '_GR_.Kf2w9x.p0Qy1z._INBOX.abc.1',
  ])('may be %s', (subject) => {
    expect(isInbox(subject, ['_INBOX'])).toBe(true);
  });

  it.each([
    '$JS.API.STREAM.PURGE.RATES',
    '$JS.API.STREAM.DELETE.RATES',
    '$JS.ACK.RATES.consumer.1.1.1.1.0',
    '$KV.bucket.key',
    '$O.bucket.C.x',
    '$SYS.REQ.SERVER.PING',
    '$SRV.PING',
    'rates.events.rate_created.USD',
    'rates.updates',
    'rates.hints',
    'rates.latest',
    'orders',
    'inbox.abc',
    '_inbox.abc',
    '_INBOXES.abc',
    'my._INBOX.abc',
    '_INBOX',
    '_INBOX.',
    '_INBOX..abc',
    '_INBOX.abc.',
    '._INBOX.abc',
    '_INBOX.*',
    '_INBOX.>',
    '_INBOX.a*b',
    '_INBOX.a b',
    '_INBOX.a\tb',
    '_INBOX.a\u0000b',
    '_INBOX.a\ufffdb',
    '_GR_.Kf2w9x.p0Qy1z.$JS.API.STREAM.PURGE.RATES',
    '_GR_.Kf2w9x.p0Qy1z._GR_.Kf2w9x.p0Qy1z._INBOX.abc',
    '_GR_.Kf2w9x._INBOX.abc',
    '_R_.abcdef.1',
    '',
  ])('may not be %j', (subject) => {
    expect(isInbox(subject, ['_INBOX'])).toBe(false);
  });

  it('may be under any of the prefixes that are set, whole tokens of them', () => {
    const prefixes = ['_INBOX', '_INBOX_shop', 'team.inbox'];
    expect(isInbox('_INBOX_shop.abc', prefixes)).toBe(true);
    expect(isInbox('team.inbox.abc', prefixes)).toBe(true);
    expect(isInbox('team.inboxes.abc', prefixes)).toBe(false);
    expect(isInbox('team.abc', prefixes)).toBe(false);
  });
});
