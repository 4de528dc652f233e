export { describePriceStore } from './describe-price-store.ts'
export { makePrice, type PriceFields } from './price.ts'
