import { describeAuditStore } from '../testing/index.ts'
import { memoryAuditStore } from './index.ts'

describeAuditStore('memory', async () => ({ store: memoryAuditStore() }))
