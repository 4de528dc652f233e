/** The memory for the bodies of requests, from their first byte to the end of their response. */
export interface BodyMemory {
  /** Starts a body of an owner. */
  open(owner: BodyOwner): OpenBody
  /** Returns the bytes in use. */
  bytes(): number
}

/** Owner of a body: the id of a tenant, `OPERATOR` or `WITHOUT_KEY`. */
export type BodyOwner = string | typeof OPERATOR | typeof WITHOUT_KEY

/** Operators, who share their memory. */
export const OPERATOR = Symbol('operator')
/** Requests without a key, which share their memory. */
export const WITHOUT_KEY = Symbol('without a key')

/** The memory of one body. */
export interface OpenBody {
  /** Takes memory for a chunk that has arrived. Returns false if there is none left, for anybody or for this owner. */
  take(bytes: number): boolean
  /** Releases all that was taken. */
  release(): void
}

/** Bounds of the memory for bodies. */
export interface BodyMemoryLimits {
  readonly maxBytes: number
  /** Maximum of one owner, so that a single tenant cannot take it all. Defaults to half. */
  readonly maxBytesOfOwner?: number
}

/** What a chunk costs besides its bytes. Bounds the memory of a body that arrives in very small chunks. */
const BYTES_PER_CHUNK = 256

/** Creates the memory for bodies of a server. */
export function createBodyMemory({ maxBytes, maxBytesOfOwner = maxBytes / 2 }: BodyMemoryLimits): BodyMemory {
  const byOwner = new Map<BodyOwner, number>()
  let total = 0

  function add(owner: BodyOwner, bytes: number): void {
    total += bytes
    const sum = (byOwner.get(owner) ?? 0) + bytes
    if (sum === 0) byOwner.delete(owner)
    else byOwner.set(owner, sum)
  }

  class Body implements OpenBody {
    readonly #owner: BodyOwner
    #taken = 0

    constructor(owner: BodyOwner) {
      this.#owner = owner
    }

    take(bytes: number): boolean {
      const needed = bytes + BYTES_PER_CHUNK
      if (total + needed > maxBytes || (byOwner.get(this.#owner) ?? 0) + needed > maxBytesOfOwner) return false
      this.#taken += needed
      add(this.#owner, needed)
      return true
    }

    release(): void {
      if (this.#taken > 0) add(this.#owner, -this.#taken)
      this.#taken = 0
    }
  }

  return { open: owner => new Body(owner), bytes: () => total }
}
