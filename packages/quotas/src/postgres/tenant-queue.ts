import type { QuotaCommand } from '../counters/command.ts'
import { touchedCounters } from './touched-counters.ts'

/** Commands of one tenant that go together, and what nobody else may have meanwhile. */
export interface TakenCommands<Waiting> {
  readonly waiting: readonly Waiting[]
  readonly counters: ReadonlySet<string>
}

/** How much may go together. */
export interface TakeLimits {
  readonly commands: number
  readonly counters: number
}

/**
 * The commands of one tenant that wait. Several transactions may have some of them in flight, of which no two touch one
 * counter; so of each counter, commands stay in their order. One whose counters only the database knows goes when nothing
 * of the tenant is in flight, and none that came later overtakes it.
 */
export class TenantQueue<Waiting extends { readonly command: QuotaCommand }> {
  /** Must wait for what is in flight, or for each other; in their order. */
  #held: Waiting[] = []
  /** Came after those, and were not looked at yet. */
  #unseen: Waiting[] = []
  /** What those who are held touch: who comes later waits behind them. */
  readonly #heldCounters = new Set<string>()
  readonly #inFlight = new Set<TakenCommands<Waiting>>()
  /** What is in flight may touch any counter. */
  #isAlone = false

  add(one: Waiting): void {
    this.#unseen.push(one)
  }

  get isEmpty(): boolean {
    return this.#held.length + this.#unseen.length === 0
  }

  get inFlight(): number {
    return this.#inFlight.size
  }

  /** Takes what may go now, those who have waited longest first; undefined where that is nothing. */
  take(limits: TakeLimits): TakenCommands<Waiting> | undefined {
    if (this.#isAlone) return undefined
    const taken: Waiting[] = []
    const counters = new Set<string>()
    let seen = 0
    for (const one of this.#unseen) {
      if (taken.length >= limits.commands || counters.size >= limits.counters) break
      const touched = touchedCounters(one.command)
      if (touched === undefined && this.#inFlight.size > 0) break
      seen += 1
      if (touched === undefined) this.#isAlone = true
      if (touched?.some(counter => this.#isHeld(counter)) === true) {
        this.#held.push(one)
        for (const counter of touched) this.#heldCounters.add(counter)
      } else {
        taken.push(one)
        for (const counter of touched ?? []) counters.add(counter)
      }
    }
    this.#unseen.splice(0, seen)
    if (taken.length === 0) return undefined
    const group = { waiting: taken, counters }
    this.#inFlight.add(group)
    return group
  }

  /** What was taken is in flight no more. */
  done(taken: TakenCommands<Waiting>): void {
    this.#inFlight.delete(taken)
    this.#isAlone = false
    this.#unseen = this.#held.concat(this.#unseen)
    this.#held = []
    this.#heldCounters.clear()
  }

  #isHeld(counter: string): boolean {
    if (this.#heldCounters.has(counter)) return true
    for (const { counters } of this.#inFlight) if (counters.has(counter)) return true
    return false
  }
}
