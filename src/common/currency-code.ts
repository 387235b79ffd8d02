/** A letter code as Kurs takes it; dots and stars would break the subjects that events are published on. */
export const CURRENCY_CODE = /^[A-Z][A-Z0-9]{1,11}$/;
