import { describeDrills } from './short-forms.js';

describeDrills('http-fuzz', 'http-raw');
