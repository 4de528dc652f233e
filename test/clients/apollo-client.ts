import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client'
import { SetContextLink } from '@apollo/client/link/context'
import { possibleTypes, typePolicies } from '@tollgate/graphql'

/** Creates a client of Apollo as docs/guides/frontends.md shows it. */
export function createApolloClient({ url, currentToken, fetch }: { url: string; currentToken: () => string; fetch: typeof globalThis.fetch }): ApolloClient {
  const authorize = new SetContextLink(({ headers }) => ({ headers: { ...headers, authorization: `Bearer ${currentToken()}` } }))
  const client = new ApolloClient({
    link: authorize.concat(new HttpLink({ uri: url, fetch })),
    cache: new InMemoryCache({ possibleTypes, typePolicies }),
  })
  return client
}
