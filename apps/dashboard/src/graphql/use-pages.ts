import { useCallback, useEffect, useRef, useState } from 'react'
import type { CombinedError } from 'urql'
import { useListClient } from './list-client-context.ts'
import type { Operation } from './operation.ts'

/** The items of a list that were read so far. */
export interface Pages<Item> {
  readonly items: readonly Item[]
  readonly isLoading: boolean
  readonly hasMore: boolean
  readonly error: CombinedError | undefined
  /** Reads the next page, unless one is on its way. After an error, tries again. */
  readonly loadMore: () => void
  /** Reads from the start again, after a change. */
  readonly restart: () => void
}

/** A page of a list of the API. */
interface Connection<Item> {
  readonly nodes: readonly Item[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
}

interface Loaded<Item> {
  readonly question: string
  readonly items: readonly Item[]
  readonly after: string | null
  readonly hasMore: boolean
  readonly error: CombinedError | undefined
}

/**
 * Reads a list page by page, again from its start whenever the variables change. Without variables, waits for them. The list may
 * become long: each page is read once, and kept.
 */
export function usePages<Result, Variables extends { readonly first: number; readonly after?: string | null | undefined }, Item>(
  operation: Operation<Result, Variables>,
  variables: Omit<Variables, 'first' | 'after'> | undefined,
  connectionOf: (result: Result) => Connection<Item>,
  pageSize: number,
): Pages<Item> {
  const client = useListClient()
  const question = JSON.stringify(variables ?? null)
  const [loaded, setLoaded] = useState<Loaded<Item>>(() => nothing(question))
  const [isLoading, setLoading] = useState(false)
  const asked = useRef<string>(undefined)
  const read = useRef(connectionOf)
  useEffect(() => {
    read.current = connectionOf
  })
  const current = loaded.question === question ? loaded : nothing<Item>(question)

  const load = useCallback(
    async (from: Loaded<Item>) => {
      const request = `${question} ${from.after}`
      if (question === 'null' || asked.current === request) return
      asked.current = request
      setLoading(true)
      const page = { ...(JSON.parse(question) as object), first: pageSize, after: from.after }
      const { data, error } = await client.query<Result>(operation, page).toPromise()
      // Something else was asked meanwhile: its answer counts.
      if (asked.current !== request) return
      asked.current = undefined
      setLoading(false)
      if (data === undefined || error !== undefined) return setLoaded({ ...from, error })
      const { nodes, pageInfo } = read.current(data)
      setLoaded({ question, items: [...from.items, ...nodes], after: pageInfo.endCursor, hasMore: pageInfo.hasNextPage, error: undefined })
    },
    [client, operation, pageSize, question],
  )

  useEffect(() => {
    void load(nothing(question))
  }, [load, question])

  const next = useRef(current)
  next.current = current
  const loadMore = useCallback(() => void load(next.current), [load])
  const restart = useCallback(() => void load(nothing(question)), [load, question])
  return { items: current.items, isLoading, hasMore: current.hasMore, error: current.error, loadMore, restart }
}

function nothing<Item>(question: string): Loaded<Item> {
  return { question, items: [], after: null, hasMore: true, error: undefined }
}
