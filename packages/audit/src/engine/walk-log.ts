import type { AuditEvent } from '../model/audit-event.ts'
import type { LogHead } from '../model/log-head.ts'
import type { BrokenPlace } from '../model/verification.ts'
import { diagnosePlace, fitsAt } from './diagnose-place.ts'
import { addLeaf, rootOf, sameHash } from './merkle/merkle-tree.ts'

/** What a walk starts from: the empty log, or a size at which the log is known to be intact. */
export type WalkStart = Pick<LogHead, 'size' | 'lastHash' | 'frontier'>

/** The size and root of a checkpoint whose signature was verified. */
export interface KnownRoot {
  readonly size: number
  readonly root: Uint8Array
}

/** Where a log ends, according to its store: its head, and the greatest sequence among its entries. */
export interface LogExtent {
  readonly head: LogHead
  readonly lastSequence: number
}

/** Verifies the entries of a log one by one, in their order. */
export interface LogWalk {
  readonly size: number
  readonly lastHash: string | null
  readonly frontier: readonly Uint8Array[]
  /** Number of checkpoints that matched. */
  readonly checkpoints: number
  /** Returns whether the entry is the next one. */
  fits(entry: AuditEvent): boolean
  /** Adds an entry that fits. Returns the broken place if a checkpoint of this size has another root. */
  add(entry: Pick<AuditEvent, 'hash'>): BrokenPlace | undefined
  /** Says why an entry does not fit, by the entries from it on. */
  diagnose(entries: readonly AuditEvent[]): BrokenPlace
  /** Returns the broken place if the log should not end here. */
  end(extent: LogExtent): BrokenPlace | undefined
}

/** Starts to verify a log. `roots` are in the order of their sizes. */
export function walkLog(tenantId: string | null, start: WalkStart, roots: readonly KnownRoot[]): LogWalk {
  const frontier = [...start.frontier]
  let { size, lastHash } = start
  let intactSize = start.size
  let checkpoints = 0
  let next = roots.findIndex(root => root.size >= size)
  if (next < 0) next = roots.length

  /** Compares the entries so far with the checkpoints of this size. */
  function compareRoots(): BrokenPlace | undefined {
    for (let known = roots[next]; known?.size === size; known = roots[++next]) {
      if (!sameHash(known.root, rootOf(frontier))) return rewritten(`a checkpoint signed another root for a log of ${size} entries`)
      checkpoints += 1
      intactSize = size
    }
    return undefined
  }
  const rewritten = (why: string): BrokenPlace => ({
    sequence: Math.max(1, Math.min(intactSize + 1, size)),
    lastSequence: size,
    reason: 'rewritten',
    message: `Entries were rewritten together with their hashes: ${why}.`,
  })
  const truncated = (to: number, why: string): BrokenPlace => ({
    sequence: size + 1,
    lastSequence: to,
    reason: 'truncated',
    message: `The log ends after ${size} entries, but ${why} has ${to}.`,
  })

  // Checkpoints of the start, which no entry leads to.
  const brokenStart = compareRoots()

  return {
    get size() {
      return size
    },
    get lastHash() {
      return lastHash
    },
    get frontier() {
      return frontier
    },
    get checkpoints() {
      return checkpoints
    },
    fits: entry => fitsAt(entry, { tenantId, sequence: size + 1, previousHash: lastHash }),
    add(entry) {
      addLeaf(frontier, size, Buffer.from(entry.hash, 'hex'))
      size += 1
      lastHash = entry.hash
      return brokenStart ?? compareRoots()
    },
    diagnose: entries => diagnosePlace({ tenantId, sequence: size + 1, previousHash: lastHash }, entries),
    end({ head, lastSequence }) {
      if (brokenStart !== undefined) return brokenStart
      const last = roots.at(-1)
      if (last !== undefined && last.size > size) return truncated(last.size, 'a signed checkpoint')
      if (head.size > size) return truncated(head.size, 'the stored head')
      if (lastSequence > head.size) {
        return { sequence: head.size + 1, lastSequence, reason: 'inserted', message: `The stored head has ${head.size} entries, but the log has more.` }
      }
      const matches = head.lastHash === lastHash && sameHash(rootOf(head.frontier), rootOf(frontier))
      if (matches) return undefined
      if (intactSize < size) return rewritten('the stored head has another hash')
      return {
        sequence: Math.max(size, 1),
        lastSequence: Math.max(size, 1),
        reason: 'head',
        message: 'The entries match the last checkpoint, but the stored head does not.',
      }
    },
  }
}
