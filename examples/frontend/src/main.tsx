import { createRoot } from 'react-dom/client'
import { Provider } from 'urql'
import { App } from './app.tsx'
import { createClient, type Session } from './client.ts'

const readSession = async () => (await (await fetch('/session', { method: 'POST' })).json()) as Session

let session = await readSession()
// Tokens live for 15 minutes. Connections that end because a token expired come back with the new one.
// If it cannot be renewed, the next attempt follows.
setInterval(
  () =>
    void readSession().then(
      next => void (session = next),
      () => {},
    ),
  10 * 60_000,
)

createRoot(document.querySelector('#root') ?? document.body).render(
  <Provider value={createClient(() => session)}>
    <App />
  </Provider>,
)
