import { tenantScope } from '@tollgate/kernel'
import { describeInvoiceEventStore } from '../testing/index.ts'
import { memoryInvoiceEvents } from './index.ts'

describeInvoiceEventStore('Memory', async () => ({ store: memoryInvoiceEvents(), transaction: (tenantId, work) => work({ scope: tenantScope(tenantId) }) }))
