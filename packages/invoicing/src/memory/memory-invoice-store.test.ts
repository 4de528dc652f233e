import { describeInvoiceStore } from '../testing/index.ts'
import { memoryBillingSettings, memoryExchangeRates, memoryInvoiceStore } from './index.ts'

describeInvoiceStore('memory', async () => ({ store: memoryInvoiceStore(), settings: memoryBillingSettings(), rates: memoryExchangeRates() }))
