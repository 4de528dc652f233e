import { vi } from 'vitest'

/** Less than the timeout of a test, so that a wait fails with its condition. */
const MAX_WAIT_MS = 25_000

/**
 * Calls `check` until it does not throw. Use it for assertions: it fails with what the last one found. `vi.waitFor` gives up after a
 * second, which a busy machine may need for anything.
 */
export function waitFor<Result>(check: () => Result | Promise<Result>): Promise<Result> {
  return vi.waitFor(check, { timeout: MAX_WAIT_MS })
}
