import { useState } from 'react'
import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { SelectField, TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { PUBLISH_PLAN } from './subscriptions.operations.ts'

const EMPTY = { name: '', title: '', recurringFee: '', markup: '', trialDays: '0' }

export interface PlanDialogProps {
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}

/** Publishes a plan with a fee and a markup on usage, or its next version. */
export function PlanDialog({ onDone, onClose }: PlanDialogProps) {
  const [typed, setTyped] = useState(EMPTY)
  const [feeInterval, setFeeInterval] = useState<'MONTH' | 'YEAR'>('MONTH')
  const [publish] = useChange(PUBLISH_PLAN)
  const { name, title, recurringFee, markup, trialDays } = typed
  const send = async () => {
    const usageCharges = markup.trim() === '' ? [] : [{ name: 'markup', markup: { percent: markup.trim() } }]
    const input = {
      name: name.trim(),
      title: title.trim(),
      feeInterval,
      recurringFee: recurringFee.trim() === '' ? null : recurringFee.trim(),
      trialDays: Number(trialDays),
      usageCharges,
    }
    return problemOf(await publish({ input }), ({ publishBillingPlan }) => publishBillingPlan)
  }
  return (
    <FormDialog
      title="Publish a plan"
      about="Tenants can subscribe to it at once. A name that exists gets its next version: subscriptions stay on theirs until they are changed. Quotas, credits, seats and other charges of a plan can be published over GraphQL."
      submitText="Publish the plan"
      known={['name', 'title', 'recurringFee', 'trialDays', 'usageCharges[0].markup.percent']}
      send={send}
      onDone={() => onDone(`The plan ${name.trim()} was published.`)}
      onClose={onClose}
    >
      {errorOf => (
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label="Name"
            hint="For programs, such as “team”."
            required
            error={errorOf('name')}
            value={name}
            onChange={({ target: { value } }) => setTyped({ ...typed, name: value })}
          />
          <TextField
            label="Title"
            hint="For people, on invoices."
            required
            error={errorOf('title')}
            value={title}
            onChange={({ target: { value } }) => setTyped({ ...typed, title: value })}
          />
          <TextField
            label="Fee in USD"
            hint="Empty for none."
            inputMode="decimal"
            error={errorOf('recurringFee')}
            value={recurringFee}
            onChange={({ target: { value } }) => setTyped({ ...typed, recurringFee: value })}
          />
          <SelectField
            label="Per"
            hint="How often the fee is charged."
            choices={[
              { value: 'MONTH', label: 'Month' },
              { value: 'YEAR', label: 'Year' },
            ]}
            value={feeInterval}
            onChange={({ target: { value } }) => setFeeInterval(value as typeof feeInterval)}
          />
          <TextField
            label="Markup on usage, in percent"
            hint="Empty if it charges no usage."
            inputMode="decimal"
            error={errorOf('usageCharges[0].markup.percent')}
            value={markup}
            onChange={({ target: { value } }) => setTyped({ ...typed, markup: value })}
          />
          <TextField
            label="Days of trial"
            hint="0 for none."
            type="number"
            min={0}
            required
            error={errorOf('trialDays')}
            value={trialDays}
            onChange={({ target: { value } }) => setTyped({ ...typed, trialDays: value })}
          />
        </div>
      )}
    </FormDialog>
  )
}
