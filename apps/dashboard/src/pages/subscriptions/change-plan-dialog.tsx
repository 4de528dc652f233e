import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { useRead } from '../../graphql/use-read.ts'
import { SelectField, TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { numberOrNull } from '../../ui/typed-text.ts'
import { useForm } from '../../ui/use-form.ts'
import { ChangePreview } from './change-preview.tsx'
import { PlanField } from './plan-field.tsx'
import { CHANGE_PLAN, type ChangePlanMutationVariables, PLANS } from './subscriptions.operations.ts'
import type { SubscriptionDialogProps } from './subscription-dialog-props.ts'

type ChangeTime = NonNullable<ChangePlanMutationVariables['input']['at']>

/** Changes the plan of a tenant, after saying what that does to its next invoice. A change that somebody else has made meanwhile is not overwritten. */
export function ChangePlanDialog({ tenantId, subscription: { plan: current, revision, seats: sold }, onDone, onClose }: SubscriptionDialogProps) {
  const { form, field } = useForm({ plan: '', seats: '', at: 'PERIOD_END' })
  const plans = useRead(PLANS, {}).data?.billingPlans ?? []
  const [changePlan] = useChange(CHANGE_PLAN)
  const chosen = plans.find(({ key }) => key === form.plan)
  const seats = chosen?.seats === null ? null : numberOrNull(form.seats)
  const at = form.at as ChangeTime
  const send = async () => problemOf(await changePlan({ input: { tenantId, plan: form.plan, seats, at, revision } }), answer => answer.changePlan)
  return (
    <FormDialog
      title="Change the plan"
      about={`From ${current?.title ?? 'no plan'}. Now: fees are divided by time, and quotas, charges and credits change at once. At the end of the period: nothing changes until then.`}
      submitText="Change the plan"
      isIdle={chosen === undefined}
      known={['plan', 'seats', 'at']}
      send={send}
      onDone={() => onDone(at === 'NOW' ? `The tenant is on the plan ${chosen?.title}.` : `The plan changes to ${chosen?.title} at the end of the period.`)}
      onClose={onClose}
    >
      {errorOf => (
        <>
          <PlanField plans={plans} error={errorOf('plan')} {...field('plan')} />
          <div className="grid gap-4 sm:grid-cols-2">
            <SelectField
              label="When"
              error={errorOf('at')}
              choices={[
                { value: 'PERIOD_END', label: 'At the end of the period' },
                { value: 'NOW', label: 'Now' },
              ]}
              {...field('at')}
            />
            {chosen !== undefined && chosen.seats !== null && (
              <TextField label="Seats" placeholder={String(sold)} type="number" min={1} error={errorOf('seats')} {...field('seats')} />
            )}
          </div>
          <ChangePreview change={chosen === undefined ? undefined : { tenantId, plan: form.plan, seats, at }} />
        </>
      )}
    </FormDialog>
  )
}
