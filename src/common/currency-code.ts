/** Valid letter codes; dots and stars would break the NATS subjects of events. */
export const CURRENCY_CODE = /^[A-Z][A-Z0-9]{1,11}$/;
