export type { PayPalAccount } from './paypal-api.ts'
export { paypalProvider, type PayPalProviderOptions } from './paypal-provider.ts'
