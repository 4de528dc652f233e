import { Fragment, type ReactNode } from 'react'

export interface FactsProps {
  /** Names and values. Those without a value are left out. */
  readonly facts: readonly (readonly [name: string, value: ReactNode])[]
  /** Shown if nothing is left. */
  readonly empty?: string
}

/** Names and values, beside each other: two pairs in a row where there is room. */
export function Facts({ facts, empty = 'Nothing is known.' }: FactsProps) {
  const known = facts.filter(([, value]) => value !== null && value !== undefined && value !== '')
  if (known.length === 0) return <p className="text-muted">{empty}</p>
  return (
    <div className="@container">
      <dl className="grid grid-cols-[minmax(6rem,max-content)_minmax(0,1fr)] gap-x-4 gap-y-1 @xl:grid-cols-[max-content_minmax(0,1fr)_max-content_minmax(0,1fr)]">
        {known.map(([name, value], at) => (
          <Fragment key={`${name} ${at}`}>
            <dt className="break-words text-muted">{name}</dt>
            <dd className="min-w-0 break-words tabular-nums">{value}</dd>
          </Fragment>
        ))}
      </dl>
    </div>
  )
}
