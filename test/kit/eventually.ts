import { setTimeout as delay } from 'node:timers/promises'

const EVERY_MS = 20

/** Asks until the answer is neither undefined nor false, and returns it; fails after `withinMs` with what was waited for. */
export async function eventually<Answer>(
  what: string,
  ask: () => Promise<Answer | undefined | false> | Answer | undefined | false,
  withinMs = 30_000,
): Promise<Answer> {
  const deadline = performance.now() + withinMs
  for (;;) {
    const answer = await ask()
    if (answer !== undefined && answer !== false) return answer
    if (performance.now() > deadline) throw new Error(`It did not happen within ${withinMs} ms: ${what}`)
    await delay(EVERY_MS)
  }
}
