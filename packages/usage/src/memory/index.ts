export { type MemoryCorrections, memoryCorrections } from './corrections.ts'
export { memoryRejectedEventStore } from './rejected-event-store.ts'
export { memoryReratingStore } from './rerating-store.ts'
export { memoryUsageStore } from './usage-store.ts'
