import { exchangeKey, SignInRefused } from './exchange-key.ts'
import type { SessionStore } from './session.ts'

/** How long before its end a session is renewed. */
const RENEW_BEFORE_MS = 5 * 60_000
const RETRY_AFTER_MS = 30_000

/**
 * Renews the session while the page is open, and ends it at its time. Other tabs of this browser get the session from this one,
 * so that a link opened in a new tab is signed in. Returns what stops it.
 */
export function keepSession(store: SessionStore): () => void {
  const tabs = new BroadcastChannel('tollgate.session')
  // Only tabs of this origin hear it. Unlike a window's, its messages name no target.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  const tell = (message: unknown) => tabs.postMessage(message)
  let timer: ReturnType<typeof setTimeout> | undefined
  let isRenewing = false

  const schedule = () => {
    clearTimeout(timer)
    const session = store.current()
    if (session === undefined || session.expiresAt === null) return
    timer = setTimeout(() => void renew(), Math.max(1_000, Date.parse(session.expiresAt) - Date.now() - RENEW_BEFORE_MS))
  }
  const renew = async () => {
    const session = store.current()
    if (session === undefined || isRenewing) return
    isRenewing = true
    try {
      store.start(await exchangeKey(session.token))
    } catch (error) {
      if (error instanceof SignInRefused) store.end()
      else timer = setTimeout(() => void renew(), RETRY_AFTER_MS) // The server may be away for a moment.
    } finally {
      isRenewing = false
    }
  }
  const onMessage = ({ data }: MessageEvent<unknown>) => {
    const session = store.current()
    if (data === 'ask' && session !== undefined) tell(session)
    else if (data === 'signed out') store.end()
    else if (isSession(data) && session === undefined) store.start(data)
  }
  tabs.addEventListener('message', onMessage)
  let wasSignedIn = store.current() !== undefined
  const stopListening = store.onChange(() => {
    const isSignedIn = store.current() !== undefined
    if (wasSignedIn && !isSignedIn) tell('signed out')
    wasSignedIn = isSignedIn
    schedule()
  })
  if (wasSignedIn) schedule()
  else tell('ask')

  return () => {
    clearTimeout(timer)
    stopListening()
    tabs.close()
  }
}

function isSession(data: unknown): data is { token: string; expiresAt: string | null } {
  return typeof data === 'object' && data !== null && 'token' in data && 'expiresAt' in data
}
