import { useTenant } from '../../app/tenant-context.ts'
import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { textOrNull } from '../../ui/typed-text.ts'
import { useForm } from '../../ui/use-form.ts'
import { instantOf } from '../../usage-view/local-time.ts'
import { PAUSE_COLLECTION, RESUME_COLLECTION } from './collections.operations.ts'

export interface PauseCollectionDialogProps {
  readonly tenantId: string
  /** Undefined for all invoices of the tenant. */
  readonly invoiceId: string | undefined
  /** What is paused, in words. */
  readonly name: string
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}

/** Stops reminders and late fees of an invoice, or of all of a tenant. */
export function PauseCollectionDialog({ tenantId, invoiceId, name, onDone, onClose }: PauseCollectionDialogProps) {
  const { timeZone } = useTenant()
  const { form, field } = useForm({ until: '', reason: '' })
  const [pause] = useChange(PAUSE_COLLECTION)
  const send = async () => {
    const input = { tenantId, invoiceId: invoiceId ?? null, until: instantOf(form.until, timeZone) ?? null, reason: textOrNull(form.reason) }
    return problemOf(await pause({ input }), ({ pauseCollection }) => pauseCollection)
  }
  return (
    <FormDialog
      title={`Pause collections of ${name}`}
      about="No reminders are sent and no late fees are charged meanwhile. The days of the pause do not count."
      submitText="Pause them"
      known={['until', 'reason']}
      send={send}
      onDone={() => onDone(`Collections of ${name} are paused.`)}
      onClose={onClose}
    >
      {errorOf => (
        <>
          <TextField
            label="Until the start of"
            hint={`A day in ${timeZone}. Empty until you resume them.`}
            type="date"
            error={errorOf('until')}
            {...field('until')}
          />
          <TextField label="Reason" error={errorOf('reason')} {...field('reason')} />
        </>
      )}
    </FormDialog>
  )
}

/** Ends a pause of collections. */
export function ResumeCollectionDialog({ tenantId, invoiceId, name, onDone, onClose }: PauseCollectionDialogProps) {
  const [resume] = useChange(RESUME_COLLECTION)
  const send = async () => problemOf(await resume({ input: { tenantId, invoiceId: invoiceId ?? null } }), ({ resumeCollection }) => resumeCollection)
  return (
    <FormDialog
      title={`Resume collections of ${name}`}
      about="Reminders and late fees go on from now. The days of the pause do not count."
      submitText="Resume them"
      send={send}
      onDone={() => onDone(`Collections of ${name} go on.`)}
      onClose={onClose}
    />
  )
}
