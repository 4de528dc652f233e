export { memoryQuotaStore } from './quota-store.ts'
