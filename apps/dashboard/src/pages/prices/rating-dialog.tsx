import { useState } from 'react'
import { useTenant } from '../../app/tenant-context.ts'
import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { useRead } from '../../graphql/use-read.ts'
import { TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { formatAmount, formatCount } from '../../ui/format.ts'
import { Shown } from '../../ui/states.tsx'
import type { ModelName } from './model-name.ts'
import { PREVIEW_RATING, START_RATING, type TotalsFragment } from './prices.operations.ts'

const DAYS = 30

export interface RatingDialogProps {
  /** Empty texts select every model. */
  readonly model: ModelName
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}

/** Rates past events again with the prices of their own time, after showing what would change. */
export function RatingDialog({ model: { provider, model }, onDone, onClose }: RatingDialogProps) {
  const { tenantId } = useTenant()
  const [days, setDays] = useState(String(DAYS))
  const [reason, setReason] = useState('')
  const [now] = useState(() => new Date())
  const [start] = useChange(START_RATING)
  const count = Math.min(3_650, Math.max(1, Math.trunc(Number(days)) || DAYS))
  const selection = {
    range: { from: new Date(now.getTime() - count * 86_400_000).toISOString(), to: now.toISOString() },
    tenantId: tenantId ?? null,
    provider: provider === '' ? null : provider,
    model: model === '' ? null : model,
    unpricedOnly: false,
  }
  const preview = useRead(PREVIEW_RATING, { input: selection })
  const send = async () => problemOf(await start({ input: { selection, reason: reason.trim() } }), ({ startRatingRun }) => startRatingRun)
  return (
    <FormDialog
      title="Rate past events again"
      about={`${model === '' ? 'Every model' : `${provider} ${model}`}${tenantId === undefined ? '' : ` of ${tenantId}`}, each event with the prices of its own time. Costs, charges and credits that depend on them are corrected; the events stay as they were.`}
      submitText="Correct the costs"
      known={['reason']}
      send={send}
      onDone={() => onDone('The correction has begun. Its progress is below.')}
      onClose={onClose}
    >
      {errorOf => (
        <>
          <TextField label="Days back" type="number" min={1} max={3_650} value={days} onChange={({ target: { value } }) => setDays(value)} />
          <section aria-label="What would change" className="rounded-md bg-sunken p-3">
            <Shown read={preview}>
              {({ previewRatingRun: { eventsRead, eventsTotal, complete, changes } }) => (
                <>
                  <Totals totals={changes.totals} />
                  {!complete && <p className="mt-1 text-muted">{`Of the first ${formatCount(eventsRead)} of ${formatCount(eventsTotal)} events.`}</p>}
                </>
              )}
            </Shown>
          </section>
          <TextField
            label="Reason"
            hint="The audit log keeps it."
            required
            error={errorOf('reason')}
            value={reason}
            onChange={({ target: { value } }) => setReason(value)}
          />
        </>
      )}
    </FormDialog>
  )
}

/** Says what a correction changes. */
export function Totals({ totals: { events, newlyPriced, oldCost, newCost, difference } }: { readonly totals: TotalsFragment }) {
  if (events === 0) return <p>No cost changes.</p>
  return (
    <p>
      {`${formatCount(events)} events change${newlyPriced > 0 ? `, of which ${formatCount(newlyPriced)} had no price` : ''}: from ${formatAmount(oldCost, 'USD')} to ${formatAmount(newCost, 'USD')} (`}
      <strong>{`${difference.startsWith('-') ? '' : '+'}${formatAmount(difference, 'USD')}`}</strong>).
    </p>
  )
}
