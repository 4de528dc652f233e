import { useTenant } from '../../app/tenant-context.ts'
import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { useRead } from '../../graphql/use-read.ts'
import { SelectField, TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { useForm } from '../../ui/use-form.ts'
import { instantOf, localOf } from '../../usage-view/local-time.ts'
import { planChoices } from './plan-choices.ts'
import { CONVERT_TRIAL, type ConvertTrialMutationVariables, EXPIRE_TRIAL, EXTEND_TRIAL, PLANS } from './subscriptions.operations.ts'
import type { SubscriptionDialogProps } from './subscription-dialog-props.ts'

type ConversionTime = NonNullable<ConvertTrialMutationVariables['input']['at']>

/** Moves the end of a trial to a later day. */
export function ExtendTrialDialog({ tenantId, subscription: { revision, trialEndsAt }, onDone, onClose }: SubscriptionDialogProps) {
  const { timeZone } = useTenant()
  const { form, field } = useForm({ until: trialEndsAt === null ? '' : localOf(trialEndsAt, timeZone) })
  const [extend] = useChange(EXTEND_TRIAL)
  const send = async () =>
    problemOf(await extend({ input: { tenantId, revision, until: instantOf(form.until, timeZone) ?? form.until } }), answer => answer.extendTrial)
  return (
    <FormDialog
      title="Extend the trial"
      about="Until its new end, no fees and charges are due."
      submitText="Extend it"
      known={['until', 'trialEndsAt']}
      send={send}
      onDone={() => onDone('The trial was extended.')}
      onClose={onClose}
    >
      {errorOf => (
        <TextField
          label="Until"
          hint={`In ${timeZone}.`}
          type="datetime-local"
          required
          error={errorOf('until') ?? errorOf('trialEndsAt')}
          {...field('until')}
        />
      )}
    </FormDialog>
  )
}

/** Makes a trial an active subscription. */
export function ConvertTrialDialog({ tenantId, subscription: { revision, plan: current }, onDone, onClose }: SubscriptionDialogProps) {
  const { form, field } = useForm({ plan: '', at: 'NOW' })
  const plans = useRead(PLANS, {}).data?.billingPlans ?? []
  const [convert] = useChange(CONVERT_TRIAL)
  const at = form.at as ConversionTime
  const send = async () =>
    problemOf(await convert({ input: { tenantId, revision, plan: form.plan === '' ? null : form.plan, at } }), answer => answer.convertTrial)
  return (
    <FormDialog
      title="Convert the trial"
      about={`Fees and usage are charged from ${at === 'NOW' ? 'now on' : 'the end of the trial on'}. A cancellation is withdrawn.`}
      submitText="Convert it"
      known={['plan', 'seats']}
      send={send}
      onDone={() => onDone(at === 'NOW' ? 'The trial is a subscription now.' : 'The trial becomes a subscription at its end.')}
      onClose={onClose}
    >
      {errorOf => (
        <div className="grid gap-4 sm:grid-cols-2">
          <SelectField
            label="Plan"
            error={errorOf('plan') ?? errorOf('seats')}
            choices={[{ value: '', label: `That of the trial${current === null ? '' : `: ${current.title}`}` }, ...planChoices(plans)]}
            {...field('plan')}
          />
          <SelectField
            label="When"
            choices={[
              { value: 'NOW', label: 'Now' },
              { value: 'TRIAL_END', label: 'At the end of the trial' },
            ]}
            {...field('at')}
          />
        </div>
      )}
    </FormDialog>
  )
}

/** Ends a trial without a subscription. */
export function ExpireTrialDialog({ tenantId, subscription: { revision }, onDone, onClose }: SubscriptionDialogProps) {
  const [expire] = useChange(EXPIRE_TRIAL)
  const send = async () => problemOf(await expire({ input: { tenantId, revision } }), answer => answer.expireTrial)
  return (
    <FormDialog
      title="End the trial now"
      about="The tenant has the plan no more: its quotas, charges and credits end with the trial. This cannot be undone; subscribe it again instead."
      submitText="End the trial"
      closeText="Keep it"
      look="danger"
      send={send}
      onDone={() => onDone('The trial has ended.')}
      onClose={onClose}
    />
  )
}
