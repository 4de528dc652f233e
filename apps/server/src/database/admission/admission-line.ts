/** Something that waits in a line. */
export interface Waiter {
  start(): void
}

/**
 * A line of a fair queue. Lines form a tree: all callers, their tenants, the keys of a tenant, the requests of a key. Each
 * line has a maximum of its own, and those of one level take turns. So a caller that sends a thousand requests waits for
 * itself, and not others for it.
 */
export class AdmissionLine {
  readonly #limit: number
  readonly #parent: AdmissionLine | undefined
  /** Whether it may start anything now, apart from its maximum. */
  readonly #isOpen: () => boolean
  /** In the order of their turns. */
  readonly #lines = new Map<unknown, AdmissionLine>()
  readonly #waiting = new Set<Waiter>()
  #running = 0

  constructor(limit: number, parent?: AdmissionLine, isOpen = () => true) {
    this.#limit = limit
    this.#parent = parent
    this.#isOpen = isOpen
  }

  /** Returns the line of a key, which is created if nobody is in it. */
  line(key: unknown, limit: number, isOpen?: () => boolean): AdmissionLine {
    let line = this.#lines.get(key)
    if (line === undefined) this.#lines.set(key, (line = new AdmissionLine(limit, this, isOpen)))
    return line
  }

  /** Takes a place if one is free in this line and all above it. */
  tryBegin(): boolean {
    if (this.#waiting.size > 0 || !this.#hasRoomAbove()) return false
    this.#count(1)
    return true
  }

  /** Gives back the place of something that has ended. */
  end(): void {
    this.#count(-1)
  }

  wait(waiter: Waiter): void {
    this.#waiting.add(waiter)
  }

  leave(waiter: Waiter): void {
    this.#waiting.delete(waiter)
  }

  /** Starts whatever waits and fits, in turns. */
  startNext(): void {
    for (let next = this.#take(); next !== undefined; next = this.#take()) next.start()
  }

  /** Takes the next waiter out of its line and counts it as running. */
  #take(): Waiter | undefined {
    if (!this.#hasRoom()) return undefined
    for (const waiter of this.#waiting) {
      this.#waiting.delete(waiter)
      this.#count(1)
      return waiter
    }
    for (const [key, line] of this.#lines) {
      const waiter = line.#take()
      if (waiter !== undefined) {
        // The others are next.
        this.#lines.delete(key)
        this.#lines.set(key, line)
        return waiter
      }
      if (line.#isEmpty()) this.#lines.delete(key)
    }
    return undefined
  }

  #hasRoom(): boolean {
    return this.#running < this.#limit && this.#isOpen()
  }

  #hasRoomAbove(): boolean {
    return this.#hasRoom() && (this.#parent === undefined || this.#parent.#hasRoomAbove())
  }

  #isEmpty(): boolean {
    return this.#running === 0 && this.#waiting.size === 0 && this.#lines.size === 0
  }

  #count(step: 1 | -1): void {
    this.#running += step
    if (this.#parent !== undefined) this.#parent.#count(step)
  }
}
