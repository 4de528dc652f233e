import { createClient as createSocket, type Client as Socket } from 'graphql-ws'
import { cacheExchange, Client, fetchExchange, mapExchange, subscriptionExchange } from 'urql'
import type { SessionStore } from '../session/session.ts'

/** Creates the GraphQL client of the signed-in session. Sends the session with every request; signs out when the server refuses it. */
export function createGraphQLClient(session: SessionStore): Client {
  const headers = () => ({ authorization: `Bearer ${session.current()?.token ?? ''}` })
  let socket: Socket | undefined
  const connect = () =>
    (socket ??= createSocket({
      url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
      lazy: true,
      retryAttempts: Number.POSITIVE_INFINITY,
      connectionParams: headers,
    }))

  return new Client({
    url: '/graphql',
    preferGetMethod: false,
    requestPolicy: 'cache-and-network',
    fetchOptions: () => ({ headers: headers() }),
    exchanges: [
      mapExchange({
        onError(error) {
          if (error.graphQLErrors.some(({ extensions }) => extensions['code'] === 'UNAUTHENTICATED')) session.end()
        },
      }),
      cacheExchange,
      fetchExchange,
      subscriptionExchange({
        // The variables of the caller, because a getter among them is read again with each connection.
        forwardSubscription: ({ query = '' }, operation) => ({
          subscribe: sink => ({ unsubscribe: connect().subscribe({ query, variables: operation.variables as Record<string, unknown> }, sink as never) }),
        }),
      }),
    ],
  })
}
