export { describeDecisionCounts } from './describe-decision-counts.ts'
export { describeQuotaStore, type QuotaStoreUnderTest } from './describe-quota-store.ts'
