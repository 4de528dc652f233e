import type { ReactNode } from 'react'
import type { CombinedError } from 'urql'
import { messageOf } from '../graphql/message-of.ts'
import { Button } from './button.tsx'

/** Where something will be in a moment. */
export function Loading({ what = 'Loading', lines = 3 }: { readonly what?: string; readonly lines?: number }) {
  return (
    <div role="status" aria-label={what} className="flex animate-pulse flex-col gap-2 py-1">
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} className="h-4 rounded bg-line/60" />
      ))}
    </div>
  )
}

/** Nothing is there, and what to do about it. */
export function Empty({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-1 px-4 py-8 text-center">
      <p className="font-medium">{title}</p>
      {children !== undefined && <div className="max-w-prose text-muted">{children}</div>}
    </div>
  )
}

/** Something could not be read: why, and a way to try again. */
export function Failed({ error, onRetry }: { readonly error: CombinedError | Error; readonly onRetry?: () => void }) {
  return (
    <div role="alert" className="flex flex-col items-center gap-2 px-4 py-6 text-center">
      <p className="font-medium text-bad">{messageOf(error)}</p>
      {onRetry !== undefined && <Button onClick={onRetry}>Try again</Button>}
    </div>
  )
}

export interface ShownProps<Data> {
  readonly read: { readonly data: Data | undefined; readonly error: CombinedError | undefined; readonly refresh: () => void }
  readonly lines?: number
  readonly children: (data: Data) => ReactNode
}

/** Shows an answer once there is one, else that it is loading or why it failed. */
export function Shown<Data>({ read: { data, error, refresh }, lines, children }: ShownProps<Data>) {
  if (data !== undefined && data !== null) return children(data)
  if (error !== undefined) return <Failed error={error} onRetry={refresh} />
  return <Loading {...(lines !== undefined && { lines })} />
}
