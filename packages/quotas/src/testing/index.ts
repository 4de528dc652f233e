export { describeQuotaStore, type QuotaStoreUnderTest } from './describe-quota-store.ts'
