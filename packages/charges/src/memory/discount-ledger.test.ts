import { memoryDiscountLedger } from './index.ts'
import { describeDiscountLedger } from '../testing/index.ts'

describeDiscountLedger('memory', async () => memoryDiscountLedger())
