export { describePriceStore } from './describe-price-store.ts'
export { makePrice, type PriceTraits } from './price.ts'
