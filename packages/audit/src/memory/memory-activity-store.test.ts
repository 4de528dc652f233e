import { OPERATOR_SCOPE } from '@tollgate/kernel'
import { describeActivityStore } from '../testing/index.ts'
import { memoryActivityStore } from './index.ts'

describeActivityStore('memory', async () => ({ store: memoryActivityStore(), transaction: (_tenantIds, work) => work({ scope: OPERATOR_SCOPE }) }))
