import type { ReactNode } from 'react'
import { Sparkline } from '../charts/sparkline.tsx'
import { classNames } from './class-names.ts'

export interface StatProps {
  readonly label: string
  readonly value: ReactNode
  /** The value with all its digits, if it is shown in short. */
  readonly exact?: string | undefined
  /** The change against the period before, such as "+4 %". */
  readonly change?: string | undefined
  /** Whether more is better. Undefined if it is neither. */
  readonly isMoreBetter?: boolean | undefined
  readonly isLess?: boolean | undefined
  /** The values over time, small. */
  readonly values?: readonly (number | null)[] | undefined
}

/** One number that matters, with its change and its course. */
export function Stat({ label, value, exact, change, isMoreBetter, isLess, values }: StatProps) {
  const isGood = isMoreBetter === undefined || isLess === undefined ? undefined : isMoreBetter !== isLess
  return (
    <div className="flex min-w-0 flex-col gap-1 rounded-lg border border-line bg-raised p-3">
      <div className="text-muted">{label}</div>
      <div className="truncate text-lg font-semibold tabular-nums" title={exact ?? (typeof value === 'string' ? value : undefined)}>
        {value}
      </div>
      {(change !== undefined || values !== undefined) && (
        <div className="flex min-h-5 items-center justify-between gap-2">
          <span
            title="Against the period before"
            className={classNames('text-xs tabular-nums', isGood === undefined ? 'text-muted' : isGood ? 'text-good' : 'text-bad')}
          >
            {change}
          </span>
          {values !== undefined && <Sparkline values={values} />}
        </div>
      )}
    </div>
  )
}
