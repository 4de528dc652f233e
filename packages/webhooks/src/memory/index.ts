export { type MemoryAttemptScheduler, memoryAttemptScheduler } from './attempt-scheduler.ts'
export { memoryWebhookStore } from './webhook-store.ts'
