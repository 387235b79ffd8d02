import { describeDrills } from './short-forms.js';

describeDrills('ex-leader', 'leader-killed', 'two-instances-race', 'rolling-restart');
