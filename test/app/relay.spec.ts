import { Logger } from '@nestjs/common';
import { LeaseLostError } from '../../src/database/database.errors.js';
import { BrokerConnection } from '../../src/nats/broker-connection.js';
import { JetStreamClientProxy } from '../../src/nats/jetstream.client-proxy.js';
import { BrokerUnavailableError } from '../../src/nats/nats.errors.js';
import { RelayCursor } from '../../src/nats/relay-cursor.js';
import { eventually } from '../support/eventually.js';
import { withBody } from '../support/json.js';
import { sheetXml, USD } from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

describe('the relay', () => {
  const fixture = withKurs({ sheets: [sheetXml('25.04.2026', [USD])], broker: true });
  const { kurs } = fixture;

  beforeEach(() => relayed(1));

  afterEach(() => jest.restoreAllMocks());

  const relayed = (seq: number) =>
    eventually(`event ${seq} is sent`, async () => (await kurs.get(RelayCursor).read()) === seq);
  const make = (code: string) =>
    fetch(`${kurs.url}/v1/rates`, withBody('POST', { code, name: code, value: '1.5' }));

  it('does not blame the broker where another instance has taken over', async () => {
    const said = jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
    const lost = new LeaseLostError('relay');
    jest.spyOn(kurs.get(RelayCursor), 'moveTo').mockRejectedValueOnce(lost);
    await make('ORE');
    await relayed(2);
    // The bank of this test has no dictionary, which the fetch may say meanwhile.
    const ofRelay = said.mock.calls
      .flat()
      .filter((text) => /relay|NATS|broker/i.test(String(text)));
    expect(ofRelay).toEqual(['The relay pauses: Another instance does relay now']);
  });

  it('unwraps the connection, where there is one', async () => {
    const proxy = kurs.get(JetStreamClientProxy);
    const { open } = kurs.get(BrokerConnection);
    expect(open).toBeDefined();
    expect(proxy.unwrap()).toBe(open);
    await fixture.broker.kill();
    await eventually('it is lost', () => kurs.get(BrokerConnection).open === undefined);
    expect(() => proxy.unwrap()).toThrow(BrokerUnavailableError);
  });
});
