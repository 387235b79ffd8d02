import { describeDrills } from './short-forms.js';

describeDrills('nats-down', 'nats-absent-at-start', 'nats-hung', 'nats-wiped', 'ack-lost');
