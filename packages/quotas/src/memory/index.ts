export { memoryQuotaStore } from './memory-quota-store.ts'
