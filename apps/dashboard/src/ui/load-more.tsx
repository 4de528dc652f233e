import { useState } from 'react'
import { Button } from './button.tsx'
import { formatCount } from './format.ts'

/** The beginning of a list that is requested. */
export interface FirstPart {
  readonly first: number
  readonly max: number
  readonly showMore: () => void
}

/** Requests the first items of a list, and twice as many each time more are shown, up to `max`. */
export function useFirst(start: number, max: number): FirstPart {
  const [first, setFirst] = useState(start)
  return { first, max, showMore: () => setFirst(Math.min(max, first * 2)) }
}

export interface LoadMoreProps {
  readonly part: FirstPart
  /** Whether the list has more than the requested items. */
  readonly hasMore: boolean
  readonly isLoading: boolean
}

/** Asks for more of a list. */
export function LoadMore({ part: { first, max, showMore }, hasMore, isLoading }: LoadMoreProps) {
  if (!hasMore) return null
  return (
    <div className="mt-3 flex justify-center text-muted">
      {first >= max ? (
        `The first ${formatCount(max)} are shown.`
      ) : (
        <Button onClick={showMore} disabled={isLoading}>
          {isLoading ? 'Loading …' : 'Show more'}
        </Button>
      )}
    </div>
  )
}
