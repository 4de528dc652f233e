export { memoryAlertStore } from './alert-store.ts'
export { type MemoryUsageMeter, memoryUsageMeter, type MeteredCall } from './usage-meter.ts'
