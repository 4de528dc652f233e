/** The memory for the bodies of requests, from their first byte to the end of their response. */
export interface BodyMemory {
  /** Starts a body of `owner`: a tenant, the operator, or requests without a key. */
  open(owner: string): OpenBody
  /** Returns the bytes in use. */
  bytes(): number
}

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
  const byOwner = new Map<string, number>()
  let total = 0

  function add(owner: string, bytes: number): void {
    total += bytes
    const sum = (byOwner.get(owner) ?? 0) + bytes
    if (sum === 0) byOwner.delete(owner)
    else byOwner.set(owner, sum)
  }

  return {
    open(owner) {
      let taken = 0
      return {
        take(bytes) {
          const needed = bytes + BYTES_PER_CHUNK
          if (total + needed > maxBytes || (byOwner.get(owner) ?? 0) + needed > maxBytesOfOwner) return false
          taken += needed
          add(owner, needed)
          return true
        },
        release() {
          if (taken > 0) add(owner, -taken)
          taken = 0
        },
      }
    },
    bytes: () => total,
  }
}
