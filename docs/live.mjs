// Follows the rates: KURS_URL=http://127.0.0.1:3000 node docs/live.mjs USD EUR
import { KursClient } from '../clients/js/kurs.js';

const [...codes] = process.argv.slice(2);
const kurs = new KursClient(process.env.KURS_URL ?? 'http://127.0.0.1:3000', codes[0] && { codes });
const print = ({ event = 'now', code, value, nominal }) => console.log(event, code, value, nominal);
kurs.addEventListener('snapshot', ({ detail }) => detail.rates.forEach(print));
kurs.addEventListener('rate', ({ detail }) => print(detail));
kurs.addEventListener('state', ({ detail }) => console.error(detail));
kurs.addEventListener('error', ({ detail }) => console.error(detail));
