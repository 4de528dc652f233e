import type { Mail } from '@tollgate/invoicing/mail'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { builder } from '../../../../graphql/builder.ts'
import { readEmailId } from '../../mail/ids.ts'
import { BILLING_WRITE, NEEDS_BILLING_WRITE } from '../write-access.ts'
import { EmailRef } from './email.ts'

const ResendEmailInputRef = builder.inputType('ResendEmailInput', {
  description: 'An e-mail to send again.',
  fields: t => ({
    id: t.id({ required: true, description: 'Id of the e-mail: "eml_…".' }),
    to: t.string({ description: 'Another address. Defaults to the original recipient.' }),
  }),
})

const ResendEmailPayloadRef = builder.objectRef<{ readonly email: Mail }>('ResendEmailPayload').implement({
  description: 'The e-mail is pending.',
  fields: t => ({ email: t.expose('email', { type: EmailRef, description: 'The e-mail.' }) }),
})

builder.mutationField('resendEmail', t =>
  t.field({
    type: ResendEmailPayloadRef,
    authScopes: BILLING_WRITE,
    audit: 'billing.emailResent',
    errors: { types: [InvalidInput, Forbidden, NotFound] },
    description: `Sends an e-mail again that was sent or has failed, with new links, the current PDF and a new round of attempts. Does nothing if it is pending. ${NEEDS_BILLING_WRITE}`,
    args: { input: t.arg({ type: ResendEmailInputRef, required: true, description: 'The e-mail.' }) },
    resolve: async (_root, { input: { id, to } }, { tollgate }) => {
      const email = await tollgate.mail?.mailbox.resend({ ...readEmailId(id), to: to ?? undefined })
      if (email === undefined) throw new NotFound('e-mail', id)
      return { email }
    },
  }),
)
