import { setTimeout as delay } from 'node:timers/promises'

const EVERY_MS = 20

/**
 * Calls `ask` until it returns neither undefined nor false, and returns that value. Fails after `withinMs` with the name of the
 * condition. Use it to get a value that has a name, and outside of vitest.
 */
export async function eventually<Answer>(
  what: string,
  ask: () => Promise<Answer | undefined | false> | Answer | undefined | false,
  withinMs = 30_000,
): Promise<Answer> {
  const deadline = performance.now() + withinMs
  for (;;) {
    const answer = await ask()
    if (answer !== undefined && answer !== false) return answer
    if (performance.now() > deadline) throw new Error(`Not within ${withinMs} ms: ${what}`)
    await delay(EVERY_MS)
  }
}
