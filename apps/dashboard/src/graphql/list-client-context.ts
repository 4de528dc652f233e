import type { Client } from 'urql'
import { createContext, useContext } from 'react'

/** The client that reads lists. */
export const ListClientContext = createContext<Client | undefined>(undefined)

/** Returns the client that reads lists page by page: it keeps no answer, which may be many and long. */
export function useListClient(): Client {
  const client = useContext(ListClientContext)
  if (client === undefined) throw new Error('There is no client here.')
  return client
}
