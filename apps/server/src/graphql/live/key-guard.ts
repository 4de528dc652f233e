import { type Authenticator, NotAuthenticated } from '@tollgate/accounts'
import { type Clock, Temporal } from '@tollgate/kernel'

/** Something that lasts longer than a request and ends when its key becomes invalid. */
export interface Guarded {
  /** The header with the key. */
  readonly authorization: string | null
  /** When it expires, if that is known: an access token. It is checked again then. */
  readonly expiresAt?: Temporal.Instant | undefined
  /** Called when the key was revoked or has expired. */
  onLost(reason: NotAuthenticated): void
}

/** Checks API keys again as long as they are in use. */
export interface KeyGuard {
  /** Starts checking a key. Returns a function that stops it. */
  watch(guarded: Guarded): () => void
  /** Checks the keys whose last check was some time ago. Call it every few seconds. */
  check(): Promise<void>
  /** Checks all keys now. */
  checkAll(): Promise<void>
}

/** Maximum age of a check. A revoked key keeps working for this long, plus the interval of the checks. */
const CHECK_AGAIN_AFTER_SECONDS = 30

/** Creates a key guard. Each key is looked up once per check, however many subscriptions use it. A failed lookup is repeated at the next check. */
export function createKeyGuard({ authenticator, clock }: { authenticator: Authenticator; clock: Clock }): KeyGuard {
  const watched = new Map<Guarded, Temporal.Instant>()

  async function lookUp(authorization: string | null, all: readonly Guarded[]): Promise<void> {
    const viewer = await authenticator.authenticate(authorization).catch(() => undefined)
    if (viewer === undefined) return
    const now = clock.now()
    for (const guarded of all) {
      if (!watched.has(guarded)) continue
      if (viewer instanceof NotAuthenticated) guarded.onLost(viewer)
      else watched.set(guarded, now)
    }
  }

  async function lookUpAll(due: readonly Guarded[]): Promise<void> {
    await Promise.all([...Map.groupBy(due, ({ authorization }) => authorization)].map(([authorization, all]) => lookUp(authorization, all)))
  }

  return {
    watch(guarded) {
      watched.set(guarded, clock.now())
      return () => watched.delete(guarded)
    },
    async check() {
      const now = clock.now()
      const isDue = ([{ expiresAt }, checkedAt]: [Guarded, Temporal.Instant]) =>
        checkedAt.until(now).total('seconds') >= CHECK_AGAIN_AFTER_SECONDS || (expiresAt !== undefined && Temporal.Instant.compare(expiresAt, now) <= 0)
      await lookUpAll([...watched].filter(isDue).map(([guarded]) => guarded))
    },
    checkAll: () => lookUpAll([...watched.keys()]),
  }
}
