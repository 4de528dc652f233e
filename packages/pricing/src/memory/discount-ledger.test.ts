import { describeDiscountLedger } from '../testing/index.ts'
import { memoryDiscountLedger } from './index.ts'

describeDiscountLedger('memory', async () => memoryDiscountLedger())
