import './emails.ts'
import './resend-email.ts'
