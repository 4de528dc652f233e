export { stripeProvider, type StripeProviderOptions } from './stripe-provider.ts'
