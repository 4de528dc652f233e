import { type ReactNode, useMemo, useSyncExternalStore } from 'react'
import { Provider } from 'urql'
import { createGraphQLClients, type GraphQLClients } from '../graphql/client.ts'
import { ListClientContext } from '../graphql/list-client-context.ts'
import { VIEWER } from '../session/viewer.operations.ts'
import { appSession } from './app-session.ts'
import { SHOWN_TENANT } from './shell.operations.ts'

/** Gives the page the clients of the session: new ones after each sign-in, so that nothing of the session before is shown. */
export function SessionClient({ children }: { readonly children: ReactNode }) {
  const isSignedIn = useSyncExternalStore(appSession.onChange, () => appSession.current() !== undefined)
  const { client, lists } = useMemo(() => startClients(isSignedIn), [isSignedIn])
  return (
    <Provider value={client}>
      <ListClientContext value={lists}>{children}</ListClientContext>
    </Provider>
  )
}

/** Asks at once for what every page needs, while the code of the page is on its way. */
function startClients(isSignedIn: boolean): GraphQLClients {
  const clients = createGraphQLClients(appSession)
  if (isSignedIn) {
    void clients.client.query(VIEWER, {}).toPromise()
    const tenant = new URLSearchParams(location.search).get('tenant')
    if (tenant !== null) void clients.client.query(SHOWN_TENANT, { id: tenant }).toPromise()
  }
  return clients
}
