import { classNames } from './class-names.ts'
import { formatCount } from './format.ts'

export interface MeterProps {
  readonly label: string
  readonly percent: number
  /** Much is a warning for a limit, and none for progress. */
  readonly isProgress?: boolean
}

/** How much of a limit is used, or how far something is, as a bar. Says it in words too, so that it does not depend on color. */
export function Meter({ label, percent, isProgress = false }: MeterProps) {
  const state = isProgress || percent < 80 ? 'fine' : percent < 100 ? 'near' : 'over'
  const text = `${formatCount(percent)} %`
  const tone = { fine: 'bg-accent', near: 'bg-warn', over: 'bg-bad' }[state]
  return (
    <div
      role="meter"
      aria-label={label}
      aria-valuenow={Math.min(percent, 100)}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuetext={text}
      className="flex items-center gap-2"
    >
      <div className="h-2 min-w-16 flex-1 overflow-hidden rounded-full bg-sunken">
        <div className={classNames('h-full rounded-full', tone)} style={{ width: `${Math.min(percent, 100)}%` }} />
      </div>
      <span
        className={classNames('min-w-12 text-right text-xs whitespace-nowrap tabular-nums', { fine: 'text-muted', near: 'text-warn', over: 'text-bad' }[state])}
      >
        {text}
      </span>
    </div>
  )
}
