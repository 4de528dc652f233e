import { useTenant } from '../../app/tenant-context.ts'
import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { useForm } from '../../ui/use-form.ts'
import { instantOf, localOf } from '../../usage-view/local-time.ts'
import { CREATE_TEST_CLOCK } from './test-clocks.operations.ts'

export interface CreateClockDialogProps {
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}

/** Puts a tenant on a test clock, for good. */
export function CreateClockDialog({ onDone, onClose }: CreateClockDialogProps) {
  const { tenantId, timeZone } = useTenant()
  const { form, field } = useForm(() => ({ tenantId: tenantId ?? '', now: localOf(new Date().toISOString(), timeZone) }))
  const [create] = useChange(CREATE_TEST_CLOCK)
  const tenant = form.tenantId.trim()
  const send = async () => {
    const input = { tenantId: tenant, now: instantOf(form.now, timeZone) ?? form.now }
    return problemOf(await create({ input }), ({ createTestClock }) => createTestClock, { TenantHasDataError: 'tenantId', NotFoundError: 'tenantId' })
  }
  return (
    <FormDialog
      title="Put a tenant on a test clock"
      about="The tenant then uses the time of its clock, which stands still until you advance it. This cannot be undone. The tenant must have no usage, subscription, credits, invoices or payments: create one for the simulation."
      submitText="Put it on a test clock"
      known={['tenantId', 'now']}
      send={send}
      onDone={() => onDone(`The tenant ${tenant} is on a test clock.`)}
      onClose={onClose}
    >
      {errorOf => (
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label="Id of the tenant"
            hint="A tenant without data."
            required
            maxLength={64}
            autoComplete="off"
            error={errorOf('tenantId')}
            {...field('tenantId')}
          />
          <TextField label="Start time" hint={`In ${timeZone}.`} type="datetime-local" required error={errorOf('now')} {...field('now')} />
        </div>
      )}
    </FormDialog>
  )
}
