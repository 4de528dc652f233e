export { memoryAliasStore } from './alias-store.ts'
export { memoryFeedStore } from './feed-store.ts'
export { memoryPriceStore } from './price-store.ts'
