export { memoryRejectedEventStore } from './rejected-event-store.ts'
export { memoryUsageStore } from './usage-store.ts'
