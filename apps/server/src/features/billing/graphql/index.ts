import './collections/index.ts'
import './invoices/index.ts'
import './payments/index.ts'
