import { messageOf } from '../graphql/message-of.ts'
import type { Pages } from '../graphql/use-pages.ts'
import { Button } from './button.tsx'

/** The end of a list that is read page by page: asks for more, and says why there is none. */
export function PagesEnd<Item>({ pages: { isLoading, hasMore, error, loadMore } }: { readonly pages: Pages<Item> }) {
  return (
    <div role="status" className="mt-3 flex flex-wrap items-center justify-center gap-3 text-muted">
      {error !== undefined && <span className="min-w-0 break-words text-bad">{messageOf(error)}</span>}
      {hasMore && (
        <Button onClick={loadMore} disabled={isLoading}>
          {isLoading ? 'Loading …' : error === undefined ? 'Show more' : 'Try again'}
        </Button>
      )}
    </div>
  )
}
