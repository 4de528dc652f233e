import { useTenant } from '../../app/tenant-context.ts'
import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { useRead } from '../../graphql/use-read.ts'
import { SelectField, TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { numberOrNull } from '../../ui/typed-text.ts'
import { useForm } from '../../ui/use-form.ts'
import { instantOf } from '../../usage-view/local-time.ts'
import { PlanField } from './plan-field.tsx'
import { PLANS, START_TRIAL, SUBSCRIBE } from './subscriptions.operations.ts'
import type { SubscriptionDialogProps } from './subscription-dialog-props.ts'

/** Subscribes a tenant to a plan, with a trial or without. */
export function SubscribeDialog({ tenantId, onDone, onClose }: Omit<SubscriptionDialogProps, 'subscription'>) {
  const { timeZone } = useTenant()
  const { form, field } = useForm({ plan: '', seats: '', from: '', begins: 'paid', days: '', after: 'expires' })
  const plans = useRead(PLANS, {}).data?.billingPlans ?? []
  const [subscribe] = useChange(SUBSCRIBE)
  const [startTrial] = useChange(START_TRIAL)
  const chosen = plans.find(({ key }) => key === form.plan)
  const isTrial = form.begins === 'trial'
  const send = async () => {
    const input = { tenantId, plan: form.plan, seats: chosen?.seats === null ? null : numberOrNull(form.seats), from: instantOf(form.from, timeZone) ?? null }
    if (!isTrial) return problemOf(await subscribe({ input }), answer => answer.subscribe)
    const trial = { ...input, days: numberOrNull(form.days), converts: form.after === 'converts' }
    return problemOf(await startTrial({ input: trial }), answer => answer.startTrial)
  }
  return (
    <FormDialog
      title="Subscribe"
      about={`Sets the quotas, charges and credits of the plan for ${tenantId} together, ${form.from === '' ? 'from now on' : 'from that day on'}.${isTrial ? ' In the trial, no fees and charges are due.' : ''}`}
      submitText={isTrial ? 'Start the trial' : 'Subscribe'}
      known={['plan', 'seats', 'from', 'days', 'trialEndsAt']}
      send={send}
      onDone={() => onDone(isTrial ? 'The trial was started.' : 'The tenant was subscribed.')}
      onClose={onClose}
    >
      {errorOf => (
        <>
          <PlanField plans={plans} error={errorOf('plan')} {...field('plan')} />
          <div className="grid gap-4 sm:grid-cols-2">
            {chosen !== undefined && chosen.seats !== null && (
              <TextField label="Seats" hint="Empty for one." type="number" min={1} error={errorOf('seats')} {...field('seats')} />
            )}
            <TextField label="From the start of" hint={`A day in ${timeZone}. Empty for now.`} type="date" error={errorOf('from')} {...field('from')} />
            <SelectField
              label="It begins"
              hint="A trial has no fees and charges."
              choices={[
                { value: 'paid', label: 'with its fees' },
                { value: 'trial', label: 'with a trial' },
              ]}
              {...field('begins')}
            />
            {isTrial && (
              <>
                <TextField
                  label="Days of the trial"
                  hint={`Empty for those of the plan${chosen === undefined ? '' : `: ${chosen.trialDays}`}.`}
                  type="number"
                  min={1}
                  error={errorOf('days') ?? errorOf('trialEndsAt')}
                  {...field('days')}
                />
                <SelectField
                  label="After the trial"
                  hint="Until then, you can convert or extend it."
                  choices={[
                    { value: 'expires', label: 'it ends' },
                    { value: 'converts', label: 'it goes on with its fees' },
                  ]}
                  {...field('after')}
                />
              </>
            )}
          </div>
        </>
      )}
    </FormDialog>
  )
}
