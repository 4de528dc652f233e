export type { CoinbaseKey } from './coinbase-token.ts'
export { coinbaseProvider, type CoinbaseProviderOptions } from './coinbase-provider.ts'
