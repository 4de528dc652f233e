import { useState } from 'react'
import { useRead } from '../../graphql/use-read.ts'
import { Button } from '../../ui/button.tsx'
import { Time } from '../../ui/time.tsx'
import { HOLDS, type HoldsQuery } from './collections.operations.ts'
import { CreditNoteDialog } from './credit-note-dialog.tsx'
import { OpenDisputeDialog, ResolveDisputeDialog } from './dispute-dialogs.tsx'
import { EmailDialog } from './email-dialog.tsx'
import { InvoiceChange, type InvoiceChangeKind } from './invoice-change.tsx'
import type { InvoiceDialogProps } from './invoice-dialog-props.ts'
import { PauseCollectionDialog, ResumeCollectionDialog } from './pause-collection-dialog.tsx'
import { PaymentDialog } from './payment-dialog.tsx'
import { UntilResumed } from './until-resumed.tsx'

type Action = InvoiceChangeKind | 'pay' | 'credit note' | 'email' | 'dispute' | 'resolve' | 'pause' | 'resume'

const OPEN: ReadonlySet<string> = new Set(['FINALIZED', 'SENT', 'PARTIALLY_PAID', 'OVERDUE'])

/** What an operator can do with an invoice in its state. */
export function InvoiceActions({ invoice, onDone }: Omit<InvoiceDialogProps, 'onClose'>) {
  const { id, kind, number, status, tenantId, currency, sentAt } = invoice
  const [action, setAction] = useState<Action>()
  const onClose = () => setAction(undefined)
  const { data } = useRead(HOLDS, { tenantId })
  const holds = (data?.collectionHolds ?? []).filter(hold => hold.invoiceId === id && lasts(hold))
  const dispute = holds.find(hold => hold.kind === 'DISPUTE')
  const pause = holds.find(hold => hold.kind === 'PAUSE')
  const isOpen = OPEN.has(status) && kind === 'INVOICE'
  const isIssued = number !== null && status !== 'VOID'
  const button = (text: string, opens: Action, look?: 'danger') => (
    <Button {...(look !== undefined && { look })} onClick={() => setAction(opens)}>
      {text}
    </Button>
  )
  const dialog = { invoice, onDone, onClose }
  const collection = { tenantId, invoiceId: id, name: number ?? 'the invoice', onDone, onClose }
  return (
    <div className="mt-4 flex flex-col gap-3 border-t border-line pt-4">
      {dispute !== undefined && (
        <p className="break-words text-warn">
          Disputed since <Time at={dispute.from} style="day" />: {dispute.reason}
        </p>
      )}
      {pause !== undefined && (
        <p className="break-words text-warn">
          Collections are paused <UntilResumed {...pause} />
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        {status === 'DRAFT' && button('Finalise', 'finalize')}
        {isOpen && button('Record a payment', 'pay')}
        {isIssued && kind === 'INVOICE' && button('Issue a credit note', 'credit note')}
        {isIssued && button('Send by e-mail', 'email')}
        {isIssued && sentAt === null && button('Mark as sent', 'sent')}
        {isOpen && button('Remind', 'remind')}
        {isOpen && (dispute === undefined ? button('Dispute', 'dispute') : button('Resolve the dispute', 'resolve'))}
        {isOpen && (pause === undefined ? button('Pause collections', 'pause') : button('Resume collections', 'resume'))}
        {isOpen && button('Mark as uncollectible', 'uncollectible', 'danger')}
        {isOpen && invoice.amountPaid === '0' && button('Void', 'void', 'danger')}
      </div>
      {(action === 'finalize' || action === 'void' || action === 'sent' || action === 'remind' || action === 'uncollectible') && (
        <InvoiceChange change={action} {...dialog} />
      )}
      {action === 'pay' && <PaymentDialog {...dialog} tenantId={tenantId} currency={currency} />}
      {action === 'credit note' && <CreditNoteDialog {...dialog} />}
      {action === 'email' && <EmailDialog {...dialog} />}
      {action === 'dispute' && <OpenDisputeDialog {...dialog} />}
      {action === 'resolve' && dispute !== undefined && <ResolveDisputeDialog dispute={dispute} {...dialog} />}
      {action === 'pause' && <PauseCollectionDialog {...collection} />}
      {action === 'resume' && <ResumeCollectionDialog {...collection} />}
    </div>
  )
}

/** Whether a pause or a dispute has not ended. */
function lasts({ to }: HoldsQuery['collectionHolds'][number]): boolean {
  return to === null || Date.parse(to) > Date.now()
}
