export { describeReratingStore, type ReratingStoreUnderTest } from './describe-rerating-store.ts'
export { describeRejectedEventStore, type RejectedEventStoreUnderTest } from './describe-rejected-event-store.ts'
export { describeUsageStore, type UsageStoreUnderTest } from './describe-usage-store.ts'
export { usageEvent, type UsageEventFields } from './usage-event.ts'
