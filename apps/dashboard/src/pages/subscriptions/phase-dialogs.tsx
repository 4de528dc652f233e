import { useState } from 'react'
import { useTenant } from '../../app/tenant-context.ts'
import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { SelectField, TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { formatCount } from '../../ui/format.ts'
import { instantOf } from '../../usage-view/local-time.ts'
import { ChangePreview } from './change-preview.tsx'
import type { SubscriptionDialogProps } from './subscription-dialog-props.ts'
import { CANCEL_SUBSCRIPTION, CHANGE_SEATS, PAUSE_SUBSCRIPTION, RESUME_SUBSCRIPTION } from './subscriptions.operations.ts'

/** Sells another number of seats. */
export function SeatsDialog({ tenantId, subscription: { seats, revision }, onDone, onClose }: SubscriptionDialogProps) {
  const [sold, setSold] = useState(String(seats))
  const [at, setAt] = useState<'NOW' | 'PERIOD_END'>('NOW')
  const [change] = useChange(CHANGE_SEATS)
  const send = async () => problemOf(await change({ input: { tenantId, seats: Number(sold), at, revision } }), ({ changeSeats }) => changeSeats)
  return (
    <FormDialog
      title="Change the seats"
      about="Now: the fees of added and removed seats are divided by time. At the end of the period: nothing changes until then."
      submitText="Change the seats"
      known={['seats']}
      send={send}
      onDone={() => onDone(`The subscription has ${formatCount(sold)} seats${at === 'NOW' ? '' : ' from the next period on'}.`)}
      onClose={onClose}
    >
      {errorOf => (
        <>
          <TextField
            label="Seats"
            hint={`Now: ${formatCount(seats)}.`}
            type="number"
            min={1}
            required
            error={errorOf('seats')}
            value={sold}
            onChange={({ target: { value } }) => setSold(value)}
          />
          <SelectField
            label="When"
            choices={[
              { value: 'NOW', label: 'Now' },
              { value: 'PERIOD_END', label: 'At the end of the period' },
            ]}
            value={at}
            onChange={({ target: { value } }) => setAt(value as typeof at)}
          />
          <ChangePreview change={isCount(sold) && Number(sold) !== seats ? { tenantId, seats: Number(sold), at } : undefined} />
        </>
      )}
    </FormDialog>
  )
}

/** Pauses a subscription, until a day or until it is resumed. */
export function PauseDialog({ tenantId, subscription: { revision }, onDone, onClose }: SubscriptionDialogProps) {
  const { timeZone } = useTenant()
  const [until, setUntil] = useState('')
  const [pause] = useChange(PAUSE_SUBSCRIPTION)
  const resumesAt = until === '' ? null : (instantOf(`${until}T00:00`, timeZone) ?? until)
  const send = async () => problemOf(await pause({ input: { tenantId, resumesAt, revision } }), ({ pauseSubscription }) => pauseSubscription)
  return (
    <FormDialog
      title="Pause the subscription"
      about="From now on no fees are charged and the quotas of paused tenants apply: requests are refused. What was used until now is invoiced."
      submitText="Pause it"
      closeText="Keep it running"
      look="danger"
      known={['resumesAt']}
      send={send}
      onDone={() => onDone('The subscription is paused.')}
      onClose={onClose}
    >
      {errorOf => (
        <TextField
          label="Resume on"
          hint={`At the start of that day in ${timeZone}. Empty until you resume it.`}
          type="date"
          error={errorOf('resumesAt')}
          value={until}
          onChange={({ target: { value } }) => setUntil(value)}
        />
      )}
    </FormDialog>
  )
}

/** Ends a pause, or withdraws a cancellation before it takes effect. */
export function ResumeDialog({ tenantId, subscription: { revision, status }, onDone, onClose }: SubscriptionDialogProps) {
  const [resume] = useChange(RESUME_SUBSCRIPTION)
  const send = async () => problemOf(await resume({ input: { tenantId, revision } }), ({ resumeSubscription }) => resumeSubscription)
  const { said, ...texts } =
    status === 'PAUSED'
      ? {
          title: 'Resume the subscription',
          about: 'Fees, quotas and credits of its plan apply again from now on.',
          submitText: 'Resume it',
          said: 'The subscription was resumed.',
        }
      : {
          title: 'Withdraw the cancellation',
          about: 'The subscription continues after this period. Nothing else changes.',
          submitText: 'Withdraw it',
          said: 'The cancellation was withdrawn.',
        }
  return <FormDialog {...texts} send={send} onDone={() => onDone(said)} onClose={onClose} />
}

/** Ends a subscription. */
export function CancelDialog({ tenantId, subscription: { revision }, onDone, onClose }: SubscriptionDialogProps) {
  const [at, setAt] = useState<'NOW' | 'PERIOD_END'>('PERIOD_END')
  const [cancel] = useChange(CANCEL_SUBSCRIPTION)
  const send = async () => problemOf(await cancel({ input: { tenantId, at, revision } }), ({ cancelSubscription }) => cancelSubscription)
  return (
    <FormDialog
      title="Cancel the subscription"
      about="What was used until then is still invoiced. The tenant gets the plan “free” then. Until then, you can withdraw the cancellation."
      submitText="Cancel the subscription"
      closeText="Keep it"
      look="danger"
      send={send}
      onDone={() => onDone(at === 'NOW' ? 'The subscription was cancelled.' : 'The subscription ends with its period.')}
      onClose={onClose}
    >
      {() => (
        <SelectField
          label="When"
          choices={[
            { value: 'PERIOD_END', label: 'At the end of the period' },
            { value: 'NOW', label: 'Now' },
          ]}
          value={at}
          onChange={({ target: { value } }) => setAt(value as typeof at)}
        />
      )}
    </FormDialog>
  )
}

function isCount(typed: string): boolean {
  return /^[1-9]\d{0,6}$/.test(typed.trim())
}
