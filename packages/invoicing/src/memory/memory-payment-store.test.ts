import { describePaymentStore } from '../testing/index.ts'
import { memoryPaymentStore } from './index.ts'

describePaymentStore('memory', async () => memoryPaymentStore(), { numRuns: 200 })
