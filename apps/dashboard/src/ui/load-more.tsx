import { Button } from './button.tsx'

/** Asks for the next page of a list. */
export function LoadMore({ hasMore, isLoading, onMore }: { readonly hasMore: boolean; readonly isLoading: boolean; readonly onMore: () => void }) {
  if (!hasMore) return null
  return (
    <div className="mt-3 flex justify-center">
      <Button onClick={onMore} disabled={isLoading}>
        {isLoading ? 'Loading …' : 'Show more'}
      </Button>
    </div>
  )
}
