import { InvoiceStateConflict } from '@tollgate/invoicing/billing'
import type { Mail } from '@tollgate/invoicing/mail'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { builder } from '../../../../graphql/builder.ts'
import { readInvoiceId } from '../../ids.ts'
import { emailInvoice } from '../../mail/email-invoice.ts'
import { BILLING_WRITE, NEEDS_BILLING_WRITE } from '../write-access.ts'
import { EmailRef } from './email.ts'

const EmailInvoiceInputRef = builder.inputType('EmailInvoiceInput', {
  description: 'An invoice to send by e-mail.',
  fields: t => ({
    invoiceId: t.id({ required: true, description: 'Id of the invoice or credit note: "inv_…".' }),
    to: t.string({ description: 'Address. Defaults to the one on the invoice; if that has none, to the one of the billing profile.' }),
  }),
})

const EmailInvoicePayloadRef = builder.objectRef<{ readonly email: Mail }>('EmailInvoicePayload').implement({
  description: 'The e-mail is pending.',
  fields: t => ({ email: t.expose('email', { type: EmailRef, description: 'The e-mail.' }) }),
})

builder.mutationField('emailInvoice', t =>
  t.field({
    type: EmailInvoicePayloadRef,
    authScopes: BILLING_WRITE,
    audit: ['billing.emailRequested', 'billing.emailResent'],
    errors: { types: [InvalidInput, Forbidden, NotFound, InvoiceStateConflict] },
    description: `Sends a finalised invoice or credit note by e-mail: also one that was finalised before a mail server was set up, or that was sent before. Does nothing if its e-mail is pending. ${NEEDS_BILLING_WRITE}`,
    args: { input: t.arg({ type: EmailInvoiceInputRef, required: true, description: 'The invoice.' }) },
    resolve: async (_root, { input: { invoiceId, to } }, { tollgate }) => ({
      email: await emailInvoice(tollgate, { ...readInvoiceId(invoiceId), to: to ?? undefined }),
    }),
  }),
)
