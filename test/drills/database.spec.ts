import { describeDrills } from './short-forms.js';

describeDrills('db-locked', 'db-full', 'pg-restart', 'reads-without-database');
