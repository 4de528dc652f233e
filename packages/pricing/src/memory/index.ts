export { memoryPriceStore } from './price-store.ts'
