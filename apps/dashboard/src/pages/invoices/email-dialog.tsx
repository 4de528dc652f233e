import { useRef, useState } from 'react'
import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { textOrNull } from '../../ui/typed-text.ts'
import { EMAIL_INVOICE } from './corrections.operations.ts'
import type { InvoiceDialogProps } from './invoice-dialog-props.ts'

/** Sends an invoice or a credit note by e-mail, also one that was sent before. */
export function EmailDialog({ invoice: { id, number }, onDone, onClose }: InvoiceDialogProps) {
  const [to, setTo] = useState('')
  const said = useRef('The e-mail is being sent.')
  const [email] = useChange(EMAIL_INVOICE)
  const send = async () => {
    const changed = await email({ input: { invoiceId: id, to: textOrNull(to) } })
    const result = changed.data?.emailInvoice
    if (result?.__typename === 'EmailInvoicePayload') said.current = `The e-mail to ${result.email.to} is being sent.`
    return problemOf(changed, ({ emailInvoice }) => emailInvoice)
  }
  return (
    <FormDialog
      title={`Send ${number ?? 'the invoice'} by e-mail`}
      about="With its PDF, and links to it. If its e-mail waits to be sent already, nothing more is sent."
      submitText="Send it"
      known={['to', 'invoiceId']}
      send={send}
      onDone={() => onDone(said.current)}
      onClose={onClose}
    >
      {errorOf => (
        <TextField
          label="To"
          hint="Empty for the address on the invoice, or the one of the billing profile."
          type="email"
          error={errorOf('to') ?? errorOf('invoiceId')}
          value={to}
          onChange={({ target: { value } }) => setTo(value)}
        />
      )}
    </FormDialog>
  )
}
