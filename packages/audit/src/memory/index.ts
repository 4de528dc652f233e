export { memoryActivityStore } from './memory-activity-store.ts'
export { type MemoryAuditLog, memoryAuditLogs, type MemoryAuditLogs, memoryAuditStore } from './memory-audit-store.ts'
