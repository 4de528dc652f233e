import { useState } from 'react'
import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { SelectField, TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { type HoldsQuery, OPEN_DISPUTE, RESOLVE_DISPUTE, type ResolveDisputeMutationVariables } from './collections.operations.ts'
import type { InvoiceDialogProps } from './invoice-dialog-props.ts'

type Resolution = ResolveDisputeMutationVariables['input']['resolution']

const RESOLUTIONS: readonly { readonly value: Resolution; readonly label: string }[] = [
  { value: 'ACCEPTED', label: 'The tenant was right' },
  { value: 'REJECTED', label: 'The invoice is right' },
  { value: 'WITHDRAWN', label: 'The tenant withdrew it' },
]

/** Records that a tenant disputes an invoice. */
export function OpenDisputeDialog({ invoice: { id, number }, onDone, onClose }: InvoiceDialogProps) {
  const [reason, setReason] = useState('')
  const [open] = useChange(OPEN_DISPUTE)
  const send = async () => problemOf(await open({ input: { invoiceId: id, reason: reason.trim() } }), ({ openDispute }) => openDispute)
  return (
    <FormDialog
      title={`The tenant disputes ${number ?? 'the invoice'}`}
      about="No reminders are sent and no late fees are charged for it until the dispute is resolved."
      submitText="Record the dispute"
      known={['reason']}
      send={send}
      onDone={() => onDone('The dispute was recorded. Collections of the invoice stop until it is resolved.')}
      onClose={onClose}
    >
      {errorOf => (
        <TextField label="What the tenant says" required error={errorOf('reason')} value={reason} onChange={({ target: { value } }) => setReason(value)} />
      )}
    </FormDialog>
  )
}

/** Ends a dispute. */
export function ResolveDisputeDialog({
  dispute,
  invoice: { number },
  onDone,
  onClose,
}: InvoiceDialogProps & { readonly dispute: HoldsQuery['collectionHolds'][number] }) {
  const [resolution, setResolution] = useState<Resolution>('REJECTED')
  const [resolve] = useChange(RESOLVE_DISPUTE)
  const send = async () => problemOf(await resolve({ input: { id: dispute.id, resolution } }), ({ resolveDispute }) => resolveDispute)
  return (
    <FormDialog
      title={`Resolve the dispute of ${number ?? 'the invoice'}`}
      about={`The tenant said: “${dispute.reason ?? ''}”. Collections go on from now; the days of the dispute do not count.`}
      submitText="Resolve it"
      send={send}
      onDone={() => onDone(resolution === 'ACCEPTED' ? 'The dispute was resolved. Void the invoice, or issue a credit note.' : 'The dispute was resolved.')}
      onClose={onClose}
    >
      {() => (
        <>
          <SelectField label="How it ends" choices={RESOLUTIONS} value={resolution} onChange={({ target: { value } }) => setResolution(value as Resolution)} />
          {resolution === 'ACCEPTED' && <p className="text-muted">The invoice stays as it is: void it or issue a credit note afterwards.</p>}
        </>
      )}
    </FormDialog>
  )
}
