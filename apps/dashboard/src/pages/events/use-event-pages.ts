import { useCallback, useEffect, useRef, useState } from 'react'
import { type CombinedError, useClient } from 'urql'
import { type EventRowFragment, EVENTS, type EventsQuery, type EventsQueryVariables } from './events.operations.ts'

/** How many events are read at once. */
const PAGE_SIZE = 200

/** The events that were read so far, newest first. */
export interface EventPages {
  readonly events: readonly EventRowFragment[]
  readonly isLoading: boolean
  readonly hasMore: boolean
  readonly error: CombinedError | undefined
  /** Reads the next page, unless one is on its way. After an error, tries again. */
  readonly loadMore: () => void
}

interface Pages {
  readonly question: string
  readonly events: readonly EventRowFragment[]
  readonly after: string | null
  readonly hasMore: boolean
  readonly error: CombinedError | undefined
}

/** Reads events page by page, again from the newest whenever the question changes. */
export function useEventPages(variables: Omit<EventsQueryVariables, 'first' | 'after'> | undefined): EventPages {
  const client = useClient()
  const question = JSON.stringify(variables ?? null)
  const [pages, setPages] = useState<Pages>(() => noPages(question))
  const [isLoading, setLoading] = useState(false)
  const asked = useRef<string>(undefined)
  const current = pages.question === question ? pages : noPages(question)

  const load = useCallback(
    async (from: Pages) => {
      const request = `${question} ${from.after}`
      if (question === 'null' || asked.current === request) return
      asked.current = request
      setLoading(true)
      const { data, error } = await client
        .query<EventsQuery>(EVENTS, { ...(JSON.parse(question) as object), first: PAGE_SIZE, after: from.after }, { requestPolicy: 'network-only' })
        .toPromise()
      // Another question was asked meanwhile: its answer counts.
      if (asked.current !== request) return
      asked.current = undefined
      setLoading(false)
      if (data === undefined || error !== undefined) return setPages({ ...from, error })
      const { nodes, pageInfo } = data.usageEvents
      setPages({ question, events: [...from.events, ...nodes], after: pageInfo.endCursor, hasMore: pageInfo.hasNextPage, error: undefined })
    },
    [client, question],
  )

  useEffect(() => {
    void load(noPages(question))
  }, [load, question])

  return { events: current.events, isLoading, hasMore: current.hasMore, error: current.error, loadMore: () => void load(current) }
}

function noPages(question: string): Pages {
  return { question, events: [], after: null, hasMore: true, error: undefined }
}
