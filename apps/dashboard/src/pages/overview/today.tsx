import { useLiveState } from '../../live/live-context.ts'
import { formatAmount, formatCount } from '../../ui/format.ts'

/** The usage of today so far, as it happens. */
export function Today() {
  const { today } = useLiveState()
  if (today === undefined) return null
  const amount = today.cost ?? today.charge
  return (
    <span className="whitespace-nowrap">
      <span aria-hidden="true" className="mr-1 ml-2 inline-block size-2 rounded-full bg-good" />
      Today so far: {formatCount(today.calls)} {today.calls === 1 ? 'call' : 'calls'}
      {amount !== null && `, ${formatAmount(amount, today.currency)}`}
    </span>
  )
}
