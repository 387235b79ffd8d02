import { type ByteText, jsonByteText } from '../../common/byte-text.js';
import { columnsOf, RowWriter } from '../../common/row-writer.js';
import { RateRecord } from './rate-record.dto.js';

export const RECORD_WRITER = new RowWriter(columnsOf(RateRecord), recordJson);

/** Same output as JSON.stringify in half the time: figures and dates need no escapes. */
function recordJson(record: RateRecord): ByteText {
  const { code, quote, nominal, value, rate, effective_date, requested_date } = record;
  const { carried, provisional, previous_rate, change, change_percent } = record;
  const { name, name_en, num_code, cbr_id, source } = record;
  return (`{"code":${jsonByteText(code)},"quote":${jsonByteText(quote)},"nominal":${nominal},"value":${quoted(value)}` +
    `,"rate":"${rate}","effective_date":"${effective_date}","requested_date":"${requested_date}"` +
    `,"carried":${carried},"provisional":${provisional},"previous_rate":${quoted(previous_rate)}` +
    `,"change":${quoted(change)},"change_percent":${quoted(change_percent)},"name":${jsonByteText(name)}` +
    `,"name_en":${jsonByteText(name_en)},"num_code":${jsonByteText(num_code)}` +
    `,"cbr_id":${jsonByteText(cbr_id)},"source":"${source}"}`) as ByteText;
}

function quoted(figure: string | null): string {
  return figure === null ? 'null' : `"${figure}"`;
}
