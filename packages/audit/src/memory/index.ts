export { type MemoryAuditLog, memoryAuditLogs, type MemoryAuditLogs, memoryAuditStore } from './memory-audit-store.ts'
