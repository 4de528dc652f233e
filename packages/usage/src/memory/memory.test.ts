import { describeRejectedEventStore, describeUsageStore } from '../testing/index.ts'
import { memoryRejectedEventStore } from './rejected-event-store.ts'
import { memoryUsageStore } from './usage-store.ts'

describeUsageStore('memory usage store', async () => ({ store: memoryUsageStore() }))
describeRejectedEventStore('memory rejected event store', async () => ({ store: memoryRejectedEventStore() }))
