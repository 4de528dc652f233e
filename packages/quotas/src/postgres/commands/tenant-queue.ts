import type { QuotaCommand } from '../../engine/command.ts'
import { touchedCounters } from './touched-counters.ts'

/** Commands of one tenant for one transaction, and the counters that no other transaction may have in the meantime. */
export interface TakenCommands<Waiting> {
  readonly waiting: readonly Waiting[]
  readonly counters: ReadonlySet<string>
}

/** How much to take at once. */
export interface TakeLimits {
  readonly commands: number
  readonly counters: number
}

/**
 * The waiting commands of one tenant. Several transactions may be in flight, but no two of them touch the same counter, so the
 * commands of each counter stay in order. A command whose counters only the database knows starts when nothing else of
 * the tenant is in flight, and no later command overtakes it.
 */
export class TenantQueue<Waiting extends { readonly command: QuotaCommand }> {
  /** Commands that must wait for those in flight or for each other, in order. */
  #held: Waiting[] = []
  /** Commands that came later and were not looked at yet. */
  #unseen: Waiting[] = []
  /** Counters of the held commands. Later commands that touch them wait, too. */
  readonly #heldCounters = new Set<string>()
  readonly #inFlight = new Set<TakenCommands<Waiting>>()
  /** Whether the commands in flight may touch any counter. */
  #isExclusive = false

  add(one: Waiting): void {
    this.#unseen.push(one)
  }

  get isEmpty(): boolean {
    return this.#held.length + this.#unseen.length === 0
  }

  get inFlight(): number {
    return this.#inFlight.size
  }

  /** Takes commands that may start now, the oldest first. Returns undefined if there are none. */
  take(limits: TakeLimits): TakenCommands<Waiting> | undefined {
    if (this.#isExclusive) return undefined
    const taken: Waiting[] = []
    const counters = new Set<string>()
    let seen = 0
    for (const one of this.#unseen) {
      if (taken.length >= limits.commands || counters.size >= limits.counters) break
      const touched = touchedCounters(one.command)
      if (touched === undefined && this.#inFlight.size > 0) break
      seen += 1
      if (touched === undefined) this.#isExclusive = true
      if (touched?.some(counter => this.#mustWait(counter)) === true) {
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

  /** Records that the transaction of these commands has ended. */
  done(taken: TakenCommands<Waiting>): void {
    this.#inFlight.delete(taken)
    this.#isExclusive = false
    this.#unseen = this.#held.concat(this.#unseen)
    this.#held = []
    this.#heldCounters.clear()
  }

  #mustWait(counter: string): boolean {
    if (this.#heldCounters.has(counter)) return true
    for (const { counters } of this.#inFlight) if (counters.has(counter)) return true
    return false
  }
}
