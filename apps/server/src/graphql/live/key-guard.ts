import { type Authenticator, NotAuthenticated } from '@tollgate/accounts'
import type { Clock, Temporal } from '@tollgate/kernel'

/** Something that goes on for longer than a request, and ends when its key does. */
export interface Guarded {
  /** As in the header. */
  readonly authorization: string | null
  /** The key was revoked, or has expired. */
  onLost(reason: NotAuthenticated): void
}

/** Looks at keys again for as long as they are in use. */
export interface KeyGuard {
  /** Call what it returns when there is nothing to guard any more. */
  watch(guarded: Guarded): () => void
  /** Looks at the keys that were last looked at some time ago. To be called every few seconds. */
  check(): Promise<void>
}

/** How long a key that was revoked goes on at the most, beside the time between two checks. */
const LOOK_AGAIN_AFTER_SECONDS = 30

/** Keys are asked for once each, however much is going on with them. What cannot be asked now is asked at the next check. */
export function createKeyGuard({ authenticator, clock }: { authenticator: Authenticator; clock: Clock }): KeyGuard {
  const watched = new Map<Guarded, Temporal.Instant>()

  async function look(authorization: string | null, all: readonly Guarded[]): Promise<void> {
    const viewer = await authenticator.authenticate(authorization).catch(() => undefined)
    if (viewer === undefined) return
    const now = clock.now()
    for (const guarded of all) {
      if (!watched.has(guarded)) continue
      if (viewer instanceof NotAuthenticated) guarded.onLost(viewer)
      else watched.set(guarded, now)
    }
  }

  return {
    watch(guarded) {
      watched.set(guarded, clock.now())
      return () => watched.delete(guarded)
    },
    async check() {
      const now = clock.now()
      const due = [...watched].filter(([, lookedAt]) => lookedAt.until(now).total('seconds') >= LOOK_AGAIN_AFTER_SECONDS).map(([guarded]) => guarded)
      await Promise.all([...Map.groupBy(due, ({ authorization }) => authorization)].map(([authorization, all]) => look(authorization, all)))
    },
  }
}
