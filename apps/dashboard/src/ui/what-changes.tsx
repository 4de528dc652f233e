import type { ReactNode } from 'react'

/** A change, in words. */
export interface Change {
  readonly label: string
  /** Undefined for something new. */
  readonly before?: string | undefined
  /** Undefined for something that is removed. */
  readonly after?: string | undefined
  /** What follows from it. */
  readonly effect?: string | undefined
}

export interface WhatChangesProps {
  readonly changes: readonly Change[]
  /** Shown without changes. */
  readonly empty?: ReactNode
  /** More to know, under the changes. */
  readonly children?: ReactNode
}

/** Says before a form is sent what it will change. Screen readers hear it when it changes. */
export function WhatChanges({ changes, empty = 'Nothing yet.', children }: WhatChangesProps) {
  return (
    <section aria-live="polite" className="rounded-md bg-sunken p-3">
      <h3 className="font-medium">What will change</h3>
      {changes.length === 0 ? (
        <p className="text-muted">{empty}</p>
      ) : (
        <ul className="mt-1 flex flex-col gap-1.5">
          {changes.map(({ label, before, after, effect }) => (
            <li key={label} className="break-words">
              {label}: {after === undefined ? <s>{before}</s> : before === undefined ? '' : `${before} → `}
              {after === undefined ? ' removed' : <strong>{after}</strong>}
              {before === undefined && ' (new)'}
              {effect !== undefined && <div className="text-muted">{effect}</div>}
            </li>
          ))}
        </ul>
      )}
      {children}
    </section>
  )
}
