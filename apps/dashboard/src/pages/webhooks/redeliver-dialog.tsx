import { useRef } from 'react'
import { useTenant } from '../../app/tenant-context.ts'
import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { formatCount } from '../../ui/format.ts'
import { useForm } from '../../ui/use-form.ts'
import { instantOf, localOf } from '../../usage-view/local-time.ts'
import { REDELIVER_FAILED } from './webhooks.operations.ts'

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
/** The API sends as many at once. */
const MAX_AT_ONCE = 1_000

export interface RedeliverDialogProps {
  readonly endpointId: string
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}

/** Sends all deliveries of a time again that have failed. */
export function RedeliverDialog({ endpointId, onDone, onClose }: RedeliverDialogProps) {
  const { timeZone } = useTenant()
  const local = (at: number) => localOf(new Date(at).toISOString(), timeZone)
  const { form, field } = useForm(() => ({ from: local(Date.now() - DAY_MS), to: local(Date.now() + MINUTE_MS) }))
  const said = useRef('')
  const [redeliver] = useChange(REDELIVER_FAILED)
  const send = async () => {
    const changed = await redeliver({ input: { endpointId, from: instantOf(form.from, timeZone) ?? form.from, to: instantOf(form.to, timeZone) ?? form.to } })
    const result = changed.data?.redeliverFailedWebhooks
    if (result?.__typename === 'RedeliverFailedWebhooksPayload') said.current = saidOf(result.count)
    return problemOf(changed, ({ redeliverFailedWebhooks }) => redeliverFailedWebhooks)
  }
  return (
    <FormDialog
      title="Send failed notifications again"
      about={`Those that were made in this time and have failed, oldest first: up to ${formatCount(MAX_AT_ONCE)}. Each has the same id and body as before.`}
      submitText="Send them again"
      known={['from', 'to']}
      send={send}
      onDone={() => onDone(said.current)}
      onClose={onClose}
    >
      {errorOf => (
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField label="From" hint={`In ${timeZone}.`} type="datetime-local" required error={errorOf('from')} {...field('from')} />
          <TextField label="To" hint="Without this minute." type="datetime-local" required error={errorOf('to')} {...field('to')} />
        </div>
      )}
    </FormDialog>
  )
}

function saidOf(count: number): string {
  if (count === 0) return 'No notification of this time has failed.'
  if (count >= MAX_AT_ONCE) return `${formatCount(count)} notifications are being sent again. There may be more: repeat it.`
  return count === 1 ? 'One notification is being sent again.' : `${formatCount(count)} notifications are being sent again.`
}
