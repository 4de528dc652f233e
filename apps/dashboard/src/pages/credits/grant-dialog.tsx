import { useId, useState } from 'react'
import { useTenant } from '../../app/tenant-context.ts'
import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { SelectField, TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { formatDecimal, wordOf } from '../../ui/format.ts'
import { numberOrNull, textOrNull } from '../../ui/typed-text.ts'
import { useForm } from '../../ui/use-form.ts'
import { instantOf } from '../../usage-view/local-time.ts'
import { GRANT_CREDITS, type GrantCreditsMutationVariables } from './credits.operations.ts'

type Source = NonNullable<GrantCreditsMutationVariables['input']['source']>

const SOURCES: readonly Source[] = ['PURCHASE', 'PROMOTION', 'TRIAL', 'REFUND', 'ADJUSTMENT']
const FIELDS = ['amount', 'customerId', 'effectiveAt', 'expiresAt', 'priority', 'description']

export interface GrantDialogProps {
  readonly tenantId: string
  /** The customer to suggest; empty for the tenant itself. */
  readonly customerId: string
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}

/** Grants credits. The same dialog grants once, however often it is sent. */
export function GrantDialog({ tenantId, customerId, onDone, onClose }: GrantDialogProps) {
  const { timeZone } = useTenant()
  const { form, field } = useForm({ customerId, amount: '', source: 'PURCHASE', effectiveOn: '', expiresOn: '', priority: '100', description: '' })
  const [grant] = useChange(GRANT_CREDITS)
  const dialog = useId()
  const [idempotencyKey] = useState(() => `dashboard ${dialog} ${crypto.randomUUID()}`)

  const customer = textOrNull(form.customerId)
  const owner = customer === null ? `the tenant ${tenantId}` : `the customer ${customer} of ${tenantId}`
  const send = async () => {
    const input = {
      tenantId,
      customerId: customer,
      amount: form.amount.trim(),
      idempotencyKey,
      source: form.source as Source,
      priority: numberOrNull(form.priority),
      effectiveAt: instantOf(form.effectiveOn, timeZone) ?? null,
      expiresAt: instantOf(form.expiresOn, timeZone) ?? null,
      description: textOrNull(form.description),
    }
    return problemOf(await grant({ input }), ({ grantCredits }) => grantCredits)
  }
  return (
    <FormDialog
      title="Grant credits"
      about={`Adds credits to the wallet of ${owner}. They can be spent ${form.effectiveOn === '' ? 'at once' : 'from that day on'}.`}
      submitText="Grant credits"
      known={FIELDS}
      send={send}
      onDone={() => onDone(`${formatDecimal(form.amount.trim())} credits were granted to ${owner}.`)}
      onClose={onClose}
    >
      {errorOf => (
        <>
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField label="Credits" inputMode="decimal" required error={errorOf('amount')} {...field('amount')} />
            <SelectField label="Source" choices={SOURCES.map(value => ({ value, label: wordOf(value) }))} {...field('source')} />
            <TextField label="Customer" hint="Empty for the tenant itself." error={errorOf('customerId')} {...field('customerId')} />
            <TextField label="Priority" hint="Smaller ones are spent first." type="number" min={0} error={errorOf('priority')} {...field('priority')} />
            <TextField
              label="Can be spent from the start of"
              hint={`A day in ${timeZone}. Empty for now.`}
              type="date"
              error={errorOf('effectiveAt')}
              {...field('effectiveOn')}
            />
            <TextField label="Expires at the start of" hint="Empty for never." type="date" error={errorOf('expiresAt')} {...field('expiresOn')} />
          </div>
          <TextField label="Description" error={errorOf('description')} {...field('description')} />
        </>
      )}
    </FormDialog>
  )
}
