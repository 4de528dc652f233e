import { type SubmitEvent, useState } from 'react'
import { type Problem, problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogButtons } from '../../ui/dialog.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { formatAmount, wordOf } from '../../ui/format.ts'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { CANCEL_SUBSCRIPTION, CHANGE_PLAN, type ChangePlanMutationVariables, PLANS, SUBSCRIBE } from './subscriptions.operations.ts'

export type SubscriptionChangeKind = 'subscribe' | 'plan' | 'cancel'

type ChangeTime = NonNullable<ChangePlanMutationVariables['input']['at']>

export interface SubscriptionChangeProps {
  readonly change: SubscriptionChangeKind
  readonly tenantId: string
  readonly planKey: string | undefined
  readonly revision: number | undefined
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}

const TEXTS = {
  subscribe: {
    title: 'Subscribe',
    about: 'Sets the quotas, charges and credits of the plan together, from now on.',
    button: 'Subscribe',
    said: 'The tenant was subscribed.',
  },
  plan: {
    title: 'Change the plan',
    about: 'Now: fees are divided by days, and quotas and charges change at once. At the end of the period: nothing changes until then.',
    button: 'Change the plan',
    said: 'The plan was changed.',
  },
  cancel: {
    title: 'Cancel the subscription',
    about: 'What was used until then is still invoiced.',
    button: 'Cancel the subscription',
    said: 'The subscription was cancelled.',
  },
} as const

/** Changes the subscription of a tenant. A change that somebody else has made meanwhile is not overwritten. */
export function SubscriptionChange({ change, tenantId, planKey, revision, onDone, onClose }: SubscriptionChangeProps) {
  const [plan, setPlan] = useState(planKey ?? '')
  const [seats, setSeats] = useState('')
  const [at, setAt] = useState<ChangeTime>('PERIOD_END')
  const [problem, setProblem] = useState<Problem>()
  const plans = useRead(PLANS, {}).data?.billingPlans ?? []
  const [subscribe, isSubscribing] = useChange(SUBSCRIBE)
  const [changePlan, isChanging] = useChange(CHANGE_PLAN)
  const [cancel, isCancelling] = useChange(CANCEL_SUBSCRIPTION)
  const texts = TEXTS[change]

  const send = async () => {
    const sold = seats.trim() === '' ? null : Number(seats)
    if (change === 'subscribe') return problemOf(await subscribe({ input: { tenantId, plan, seats: sold } }), answer => answer.subscribe)
    if (change === 'plan')
      return problemOf(await changePlan({ input: { tenantId, plan, seats: sold, at, revision: revision ?? null } }), answer => answer.changePlan)
    return problemOf(await cancel({ input: { tenantId, at, revision: revision ?? null } }), answer => answer.cancelSubscription)
  }
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const refused = await send()
    setProblem(refused)
    if (refused === undefined) onDone(texts.said)
  }
  return (
    <Dialog title={texts.title} about={texts.about} isOpen onClose={onClose}>
      <form onSubmit={event => void submit(event)} className="flex flex-col gap-4">
        {change !== 'cancel' && (
          <>
            <SelectField
              label="Plan"
              required
              error={problem?.fields.get('plan')}
              choices={[
                { value: '', label: 'Choose a plan' },
                ...plans.map(({ key, title, recurringFee, currency, feeInterval }) => ({
                  value: key,
                  label: `${title}, ${formatAmount(recurringFee, currency)} per ${wordOf(feeInterval)}`,
                })),
              ]}
              value={plan}
              onChange={({ target: { value } }) => setPlan(value)}
            />
            <TextField
              label="Seats"
              hint="Only for plans that are sold by seats."
              type="number"
              min={1}
              error={problem?.fields.get('seats')}
              value={seats}
              onChange={({ target: { value } }) => setSeats(value)}
            />
          </>
        )}
        {change !== 'subscribe' && (
          <SelectField
            label="When"
            choices={[
              { value: 'PERIOD_END', label: 'At the end of the period' },
              { value: 'NOW', label: 'Now' },
            ]}
            value={at}
            onChange={({ target: { value } }) => setAt(value as ChangeTime)}
          />
        )}
        <ProblemNote problem={problem} known={['plan', 'seats']} />
        <DialogButtons onClose={onClose} closeText={change === 'cancel' ? 'Keep it' : 'Cancel'}>
          <Button type="submit" look={change === 'cancel' ? 'danger' : 'primary'} disabled={isSubscribing || isChanging || isCancelling}>
            {texts.button}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  )
}
