/** A signed-in browser: a token that the server made from a key, and that ends by itself. */
export interface Session {
  readonly token: string
  /** RFC 3339. Null for a token that was pasted, whose end only the server knows. */
  readonly expiresAt: string | null
}

/** Holds the session of this tab. It is never written where it would outlive the browser's session. */
export interface SessionStore {
  current(): Session | undefined
  start(session: Session): void
  end(): void
  /** Calls back when a session starts, is renewed or ends. Returns what stops that. */
  onChange(listener: () => void): () => void
}

const KEY = 'tollgate.session'

/** Creates the store over the storage of the tab. */
export function createSessionStore(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>, now: () => number = Date.now): SessionStore {
  const listeners = new Set<() => void>()
  let session = read()

  return {
    current: () => session,
    start(started) {
      session = started
      storage.setItem(KEY, JSON.stringify(started))
      changed()
    },
    end() {
      session = undefined
      storage.removeItem(KEY)
      changed()
    },
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }

  function changed(): void {
    for (const listener of listeners) listener()
  }

  function read(): Session | undefined {
    try {
      const stored = JSON.parse(storage.getItem(KEY) ?? 'null') as Partial<Session> | null
      if (typeof stored?.token !== 'string') return undefined
      const expiresAt = typeof stored.expiresAt === 'string' ? stored.expiresAt : null
      return expiresAt !== null && Date.parse(expiresAt) <= now() ? undefined : { token: stored.token, expiresAt }
    } catch {
      return undefined
    }
  }
}
