export { type MemoryInvoiceLedger, memoryInvoiceLedger } from './memory-invoice-ledger.ts'
export { memoryPaymentStore } from './memory-payment-store.ts'
