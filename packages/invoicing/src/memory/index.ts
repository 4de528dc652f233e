export { memoryBillingSettings, memoryExchangeRates } from './memory-billing-settings.ts'
export { type MemoryInvoiceLedger, memoryInvoiceLedger } from './memory-invoice-ledger.ts'
export { memoryInvoiceStore } from './memory-invoice-store.ts'
export { memoryPaymentStore } from './memory-payment-store.ts'
