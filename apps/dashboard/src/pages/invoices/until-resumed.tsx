import { Time } from '../../ui/time.tsx'

/** Says until when collections are paused, and why. */
export function UntilResumed({ to, reason }: { readonly to: string | null; readonly reason: string | null }) {
  return (
    <>
      {to === null ? (
        'until they are resumed'
      ) : (
        <>
          until <Time at={to} style="day" />
        </>
      )}
      {reason !== null && `: ${reason}`}
    </>
  )
}
