import { describePriceStore } from '../testing/index.ts'
import { memoryPriceStore } from './index.ts'

describePriceStore('memoryPriceStore', async () => memoryPriceStore())
