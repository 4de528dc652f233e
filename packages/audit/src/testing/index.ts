export { type AuditStoreUnderTest, describeAuditStore } from './describe-audit-store.ts'
