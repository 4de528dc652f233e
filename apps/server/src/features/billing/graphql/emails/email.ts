import type { Mail, MailKind, MailState } from '@tollgate/invoicing/mail'
import { builder } from '../../../../graphql/builder.ts'
import type { EnumValues } from '../../../../graphql/enum-values.ts'
import { InvoiceId } from '../../ids.ts'
import { emailId } from '../../mail/ids.ts'

const EmailKindRef = builder.enumType('EmailKind', {
  description: 'What an e-mail is about.',
  values: {
    INVOICE: { value: 'invoice', description: 'An invoice.' },
    CREDIT_NOTE: { value: 'credit_note', description: 'A credit note.' },
    REMINDER: { value: 'reminder', description: 'A reminder of an invoice.' },
    QUOTA_ALERT: { value: 'quota_alert', description: 'Usage reached a threshold of a quota.' },
    OPERATIONAL_ALERT: { value: 'operational_alert', description: 'An operational alert was raised or recovered.' },
  } as const satisfies EnumValues<MailKind>,
})

/** GraphQL enum `EmailState`. */
export const EmailStateRef = builder.enumType('EmailState', {
  description: 'What has become of an e-mail.',
  values: {
    PENDING: { value: 'pending', description: 'An attempt to send it is scheduled.' },
    SENT: { value: 'sent', description: 'The mail server has accepted it.' },
    FAILED: { value: 'failed', description: 'It was refused, or there are no more attempts. It can be resent.' },
    UNSUBSCRIBED: { value: 'unsubscribed', description: 'The recipient gets no more e-mails of its kind.' },
  } as const satisfies EnumValues<MailState>,
})

/** GraphQL type `Email`. */
export const EmailRef = builder.objectRef<Mail>('Email').implement({
  description: 'An e-mail in the outbox, and what has become of it.',
  fields: t => ({
    id: t.id({ description: 'Id: "eml_…".', resolve: mail => emailId(mail) }),
    tenantId: t.exposeID('tenantId', { nullable: true, description: 'Tenant that it is for. Null for one to the operator.' }),
    kind: t.expose('kind', { type: EmailKindRef, description: 'What it is about.' }),
    to: t.exposeString('to', { description: 'Address of the recipient.' }),
    invoiceId: t.id({
      nullable: true,
      description: 'Invoice or credit note that it is about. Null for alerts.',
      resolve: ({ tenantId, data: { invoiceId } }) =>
        tenantId === null || typeof invoiceId !== 'string' ? null : InvoiceId.encode(`${tenantId}:${invoiceId}`),
    }),
    state: t.expose('state', { type: EmailStateRef, description: 'What has become of it.' }),
    attempts: t.exposeInt('attempts', { description: 'Number of attempts to send it, since it was last resent.' }),
    resends: t.exposeInt('resends', { description: 'How often it was resent.' }),
    error: t.exposeString('error', { nullable: true, description: 'Why the last attempt failed. Null if none has.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was written.' }),
    sentAt: t.expose('sentAt', { type: 'DateTime', nullable: true, description: 'When the mail server accepted it. Null if it has not.' }),
  }),
})
