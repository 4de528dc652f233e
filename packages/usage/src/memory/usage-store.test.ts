import { describeUsageStore } from '../testing/describe-usage-store.ts'
import { memoryUsageStore } from './usage-store.ts'

describeUsageStore('memoryUsageStore', async () => ({ store: memoryUsageStore() }))
