import { createClient as createSocket, type Client as Socket } from 'graphql-ws'
import { cacheExchange, Client, fetchExchange, mapExchange, subscriptionExchange } from 'urql'
import type { SessionStore } from '../session/session.ts'

/** The GraphQL clients of a session. */
export interface GraphQLClients {
  /** Keeps the last answer to each query, and reads it again after a change of what is in it. */
  readonly client: Client
  /** Keeps nothing. */
  readonly lists: Client
}

/** Creates the GraphQL clients of the signed-in session. They send the session with every request, and sign out when the server refuses it. */
export function createGraphQLClients(session: SessionStore): GraphQLClients {
  const headers = () => ({ authorization: `Bearer ${session.current()?.token ?? ''}` })
  let socket: Socket | undefined
  const connect = () =>
    (socket ??= createSocket({
      url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
      lazy: true,
      retryAttempts: Number.POSITIVE_INFINITY,
      connectionParams: headers,
    }))

  const options = { url: '/graphql', preferGetMethod: false, fetchOptions: () => ({ headers: headers() }) } as const
  const signOut = mapExchange({
    onError(error) {
      if (error.graphQLErrors.some(({ extensions }) => extensions['code'] === 'UNAUTHENTICATED')) session.end()
    },
  })
  const client = new Client({
    ...options,
    requestPolicy: 'cache-and-network',
    exchanges: [
      signOut,
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
  return { client, lists: new Client({ ...options, exchanges: [signOut, fetchExchange] }) }
}
