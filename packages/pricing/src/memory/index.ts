export { memoryAliasStore } from './alias-store.ts'
export { memoryPriceStore } from './price-store.ts'
