import './invoices/index.ts'
