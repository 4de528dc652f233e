import { describePriceStore } from '../testing/index.ts'
import { memoryPriceStore } from './index.ts'

describePriceStore('memory', async () => memoryPriceStore())
