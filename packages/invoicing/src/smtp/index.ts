export { loadTemplates, type MailTemplates } from './load-templates.ts'
export { smtpSender, type SmtpSenderOptions } from './smtp-sender.ts'
export { templateRenderer } from './template-renderer.ts'
export type { MailTemplate } from './templates/mail-template.ts'
