import './email-invoice.ts'
import './emails.ts'
import './resend-email.ts'
