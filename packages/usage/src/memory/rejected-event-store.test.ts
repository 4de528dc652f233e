import { describeRejectedEventStore } from '../testing/describe-rejected-event-store.ts'
import { memoryRejectedEventStore } from './rejected-event-store.ts'

describeRejectedEventStore('memoryRejectedEventStore', async options => ({ store: memoryRejectedEventStore(options) }))
