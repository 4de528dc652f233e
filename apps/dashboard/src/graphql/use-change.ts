import { useCallback, useState } from 'react'
import { type CombinedError, useClient } from 'urql'
import type { Operation } from './operation.ts'

/** The answer to a mutation: its result, or why there is none. */
export type Changed<Result> = { readonly data: Result; readonly error?: undefined } | { readonly data?: undefined; readonly error: CombinedError }

/** Sends a mutation, and says whether it is on its way. */
export function useChange<Result, Variables extends object>(operation: Operation<Result, Variables>) {
  const client = useClient()
  const [isSending, setSending] = useState(false)
  const send = useCallback(
    async (variables: Variables): Promise<Changed<Result>> => {
      setSending(true)
      try {
        const { data, error } = await client.mutation<Result>(operation, variables).toPromise()
        return data === undefined || error !== undefined ? { error: error as CombinedError } : { data }
      } finally {
        setSending(false)
      }
    },
    [client, operation],
  )
  return [send, isSending] as const
}
