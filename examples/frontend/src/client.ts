import { cacheKeys } from '@tollgate/graphql'
import { cacheExchange } from '@urql/exchange-graphcache'
import { retryExchange } from '@urql/exchange-retry'
import { Client, fetchExchange, type Operation } from 'urql'

/** How the page reaches Tollgate: the backend of the page gives it a token for some minutes. */
export interface Session {
  readonly url: string
  readonly token: string
}

/** The cursor of the last live update. A subscription that is sent again continues after it. */
export const liveCursor: { current: string | undefined } = { current: undefined }

function continueAfterLast(operation: Operation): Operation {
  return operation.kind === 'subscription' ? { ...operation, variables: { ...operation.variables, after: liveCursor.current } } : operation
}

/** Creates the GraphQL client. `currentSession` is called for each request, so that a new token is used at once. */
export function createClient(currentSession: () => Session): Client {
  return new Client({
    url: currentSession().url,
    preferGetMethod: false,
    fetchSubscriptions: true,
    fetchOptions: () => ({ headers: { authorization: `Bearer ${currentSession().token}` } }),
    exchanges: [
      cacheExchange({ keys: cacheKeys }),
      // Sends a subscription again when its connection ends, and everything again that a server refuses because it starts or stops.
      retryExchange({
        initialDelayMs: 200,
        maxDelayMs: 5_000,
        maxNumberAttempts: Number.POSITIVE_INFINITY,
        retryIf: ({ networkError, response }) => networkError !== undefined || (response as Response | undefined)?.status === 503,
        retryWith: (_error, operation) => continueAfterLast(operation),
      }),
      fetchExchange,
    ],
  })
}
