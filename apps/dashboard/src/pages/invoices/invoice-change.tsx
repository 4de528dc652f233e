import { useState } from 'react'
import { type Problem, problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { formatAmount } from '../../ui/format.ts'
import { SEND_REMINDER } from './collections.operations.ts'
import { MARK_SENT, MARK_UNCOLLECTIBLE } from './corrections.operations.ts'
import type { InvoiceDialogProps } from './invoice-dialog-props.ts'
import { FINALIZE_INVOICE, VOID_INVOICE } from './invoices.operations.ts'

export type InvoiceChangeKind = 'finalize' | 'void' | 'sent' | 'remind' | 'uncollectible'

/** Changes the state of an invoice, after saying what that means. */
export function InvoiceChange({ change, invoice, onDone, onClose }: InvoiceDialogProps & { readonly change: InvoiceChangeKind }) {
  const { id, number, currency, total } = invoice
  const [idempotencyKey] = useState(() => `dashboard ${crypto.randomUUID()}`)
  const [finalize] = useChange(FINALIZE_INVOICE)
  const [voidIt] = useChange(VOID_INVOICE)
  const [markSent] = useChange(MARK_SENT)
  const [remind] = useChange(SEND_REMINDER)
  const [markUncollectible] = useChange(MARK_UNCOLLECTIBLE)
  const name = number ?? 'this draft'
  const texts = {
    finalize: {
      title: 'Finalise the invoice',
      about: `It gets its number and never changes again. It is computed again first; its total is ${formatAmount(total, currency)} now.`,
      submitText: 'Finalise',
      said: 'The invoice was finalised.',
      send: async () => problemOf(await finalize({ input: { id } }), ({ finalizeInvoice }) => finalizeInvoice),
    },
    void: {
      title: `Void ${name}`,
      about: 'Nothing is to be paid for it any more. Its number stays taken, and the next invoice bills what it charged. This cannot be undone.',
      submitText: 'Void the invoice',
      said: 'The invoice was voided.',
      send: async () => problemOf(await voidIt({ input: { id } }), ({ voidInvoice }) => voidInvoice),
    },
    sent: {
      title: `Mark ${name} as sent`,
      about: 'For an invoice that you have sent yourself. Nothing is sent now.',
      submitText: 'Mark it as sent',
      said: 'The invoice is marked as sent.',
      send: async () => problemOf(await markSent({ input: { id } }), ({ markInvoiceSent }) => markInvoiceSent),
    },
    remind: {
      title: `Remind of ${name}`,
      about: 'Sends a reminder by e-mail now, besides those of the collection policy.',
      submitText: 'Send the reminder',
      said: 'The reminder is being sent.',
      send: async () => problemOf(await remind({ input: { invoiceId: id, idempotencyKey } }), ({ sendReminder }) => sendReminder),
    },
    uncollectible: {
      title: `Mark ${name} as uncollectible`,
      about: 'No more reminders are sent. A later payment still pays it.',
      submitText: 'Mark it as uncollectible',
      said: 'The invoice is marked as uncollectible.',
      send: async () => problemOf(await markUncollectible({ input: { id } }), ({ markInvoiceUncollectible }) => markInvoiceUncollectible),
    },
  } satisfies Record<InvoiceChangeKind, Texts>
  const { said, ...dialog } = texts[change]
  const takesAway = change === 'void' || change === 'uncollectible'
  return <FormDialog {...dialog} look={takesAway ? 'danger' : 'primary'} onDone={() => onDone(said)} onClose={onClose} />
}

interface Texts {
  readonly title: string
  readonly about: string
  readonly submitText: string
  readonly said: string
  readonly send: () => Promise<Problem | undefined>
}
