export { type ActivityStoreUnderTest, describeActivityStore } from './describe-activity-store.ts'
export { type AuditStoreUnderTest, describeAuditStore } from './describe-audit-store.ts'
