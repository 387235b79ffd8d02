import { describeDrills } from './short-forms.js';

describeDrills('socket-seam', 'socket-chaos', 'socket-fuzz');
