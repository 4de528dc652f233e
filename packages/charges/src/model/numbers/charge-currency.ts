/** The currency of all prices, and so of all charges. ISO 4217. */
export const CHARGE_CURRENCY = 'USD'
