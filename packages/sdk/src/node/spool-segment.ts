import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** A file of a spool. */
export interface Segment {
  readonly id: number
  readonly path: string
  bytes: number
  lines: number
  /** Events that the server has not answered for. Known once the segment was read or written. */
  outstanding: number
  /** Whether its events are only on disk. */
  isUnread: boolean
  /** Whether nothing is appended to it any more. */
  isSealed: boolean
}

const NAME = /^segment-(\d+)\.jsonl$/

/** Returns the path of a segment. Names sort by number. */
export function segmentPath(directory: string, id: number): string {
  return join(directory, `segment-${String(id).padStart(12, '0')}.jsonl`)
}

/** Returns the segments that an earlier process left, oldest first. */
export function existingSegments(directory: string): Segment[] {
  return readdirSync(directory)
    .toSorted()
    .flatMap(name => {
      const id = Number(NAME.exec(name)?.[1])
      if (Number.isNaN(id)) return []
      const path = join(directory, name)
      return [{ id, path, bytes: statSync(path).size, lines: 0, outstanding: 0, isUnread: true, isSealed: true }]
    })
}
