export { describeAliasStore } from './describe-alias-store.ts'
export { describePriceStore } from './describe-price-store.ts'
export { type AliasFields, makeAlias } from './alias.ts'
export { makePrice, type PriceFields } from './price.ts'
