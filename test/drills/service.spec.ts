import { describeDrills } from './short-forms.js';

describeDrills('kill9', 'clock');
