import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs'
import { type FileHandle, open, readFile, unlink } from 'node:fs/promises'
import type { InputRules } from '@tollgate/tokens/input'
import { inBounds } from '../delivery/delivery-settings.ts'
import { checkInput } from '../engine/check-input.ts'
import { invalid } from '../engine/read-input.ts'
import { TollgateError } from '../errors.ts'
import type { Spool, SpooledEvent, SpoolPosition } from '../spool-store.ts'
import { ownDirectory } from './own-directory.ts'
import { readLines, toLine } from './spool-lines.ts'
import { existingSegments, type Segment, segmentPath } from './spool-segment.ts'

/** Options of a spool on disk. */
export interface FileSpoolOptions {
  /** Bytes on disk. When they are used up, calls are kept in memory only. Defaults to 1 GiB. */
  readonly maxBytes?: number
  /** A new segment starts after this many bytes. Defaults to 1 MiB. */
  readonly segmentBytes?: number
}

interface Append {
  readonly line: string
  readonly inMemory: boolean
  readonly resolve: (position: SpoolPosition) => void
  readonly reject: (error: Error) => void
}

const MIB = 1_024 * 1_024
const BYTES = { min: 1, max: Number.MAX_SAFE_INTEGER }
const OPTIONS: InputRules<FileSpoolOptions> = { maxBytes: 'number?', segmentBytes: 'number?' }
/** Positions are the number of a segment times this, plus the number of the line. */
const MAX_SEGMENT_EVENTS = 2 ** 20

/**
 * Keeps events in a directory until the server has answered for them: append-only segments, flushed to the disk before an event
 * is acknowledged, deleted when all their events are answered for. Each process needs a directory of its own; the next process
 * with the same directory sends what is left. Throws if the directory cannot be used, or another process uses it.
 */
export function fileSpool(directory: string, options: FileSpoolOptions = {}): Spool {
  if (typeof directory !== 'string') throw invalid('directory', 'must be text')
  checkInput(OPTIONS, options)
  const maxBytes = inBounds('maxBytes', options.maxBytes, { ...BYTES, default: 1_024 * MIB })
  const segmentBytes = inBounds('segmentBytes', options.segmentBytes, { ...BYTES, default: MIB })
  mkdirSync(directory, { recursive: true })
  const ownership = ownDirectory(directory)
  const segments = new Map<number, Segment>(existingSegments(directory).map(segment => [segment.id, segment]))
  const handles = new Map<Segment, FileHandle>()
  let lastId = Math.max(0, ...segments.keys())
  let pending: Append[] = []
  let writing: Promise<void> | undefined
  let isClosed = false

  const totalBytes = () => [...segments.values()].reduce((sum, { bytes }) => sum + bytes, 0)
  const oldestUnread = () => [...segments.values()].find(({ isUnread }) => isUnread)

  async function seal(segment: Segment): Promise<void> {
    segment.isSealed = true
    const handle = handles.get(segment)
    handles.delete(segment)
    await handle?.close()
  }

  async function discard(segment: Segment): Promise<void> {
    segments.delete(segment.id)
    await seal(segment)
    await unlink(segment.path).catch(ignoreMissing)
  }

  /** Returns the segment to append to, which is a new one if there is none or it is full. */
  async function current(inMemory: boolean): Promise<Segment> {
    const found = [...segments.values()].find(segment => !segment.isSealed && segment.isUnread === !inMemory)
    if (found !== undefined && found.bytes < segmentBytes && found.lines < MAX_SEGMENT_EVENTS / 2) return found
    if (found !== undefined) await seal(found)
    lastId += 1
    const segment: Segment = { id: lastId, path: segmentPath(directory, lastId), bytes: 0, lines: 0, outstanding: 0, isUnread: !inMemory, isSealed: false }
    handles.set(segment, await open(segment.path, 'a'))
    segments.set(segment.id, segment)
    syncDirectory(directory)
    return segment
  }

  async function appendTo(inMemory: boolean, group: readonly Append[]): Promise<void> {
    if (group.length === 0) return
    let segment: Segment | undefined
    try {
      const text = Buffer.from(group.map(({ line }) => line).join(''))
      if (totalBytes() + text.length > maxBytes) throw new TollgateError('SPOOL_FULL', `The spool ${directory} has its maximum of ${maxBytes} bytes.`)
      segment = await current(inMemory)
      const handle = handles.get(segment)
      if (handle === undefined) throw new TollgateError('SPOOL_CLOSED', `The spool ${directory} is closed.`)
      await handle.appendFile(text)
      await handle.datasync()
      segment.bytes += text.length
      for (const { resolve } of group) {
        segment.outstanding += 1
        resolve(segment.id * MAX_SEGMENT_EVENTS + segment.lines)
        segment.lines += 1
      }
    } catch (error) {
      // Part of a line may have been written. What is read later ends before it, so nothing may follow.
      if (segment !== undefined) await seal(segment).catch(() => {})
      for (const { reject } of group) reject(error as Error)
    }
  }

  /** Calls that arrive during a write share the next one. */
  async function write(): Promise<void> {
    while (pending.length > 0) {
      const group = pending
      pending = []
      await appendTo(
        true,
        group.filter(({ inMemory }) => inMemory),
      )
      await appendTo(
        false,
        group.filter(({ inMemory }) => !inMemory),
      )
    }
    writing = undefined
  }

  const isDone = (segment: Segment) => segment.outstanding === 0 && !segment.isUnread

  return {
    append: (event: SpooledEvent, { inMemory }) =>
      new Promise((resolve, reject) => {
        if (isClosed) return reject(new TollgateError('SPOOL_CLOSED', `The spool ${directory} is closed.`))
        pending.push({ line: toLine(event), inMemory, resolve, reject })
        writing ??= write()
      }),

    remove(positions) {
      for (const position of positions) {
        const segment = segments.get(Math.floor(position / MAX_SEGMENT_EVENTS))
        if (segment === undefined) continue
        segment.outstanding -= 1
        // A segment that is still written to is deleted once it is worth it.
        if (isDone(segment) && (segment.isSealed || segment.bytes * 4 >= segmentBytes)) void discard(segment)
      }
    },

    async next() {
      for (let segment = oldestUnread(); segment !== undefined; segment = oldestUnread()) {
        await writing
        await seal(segment)
        const events = readLines(await readFile(segment.path))
        segment.isUnread = false
        segment.outstanding = events.length
        const { id } = segment
        if (events.length > 0) return events.map(({ index, spooled }) => ({ position: id * MAX_SEGMENT_EVENTS + index, spooled }))
        await discard(segment)
      }
      return []
    },

    stats: () => ({
      events: [...segments.values()].reduce((sum, { outstanding }) => sum + outstanding, 0),
      bytes: totalBytes(),
      segments: segments.size,
      hasMore: oldestUnread() !== undefined,
    }),

    async close() {
      if (isClosed) return
      isClosed = true
      await writing
      for (const segment of [...segments.values()]) await (isDone(segment) ? discard(segment) : seal(segment))
      ownership.release()
    },
  }
}

/** Makes the name of a new file durable. Some systems cannot, and do not need it. */
function syncDirectory(directory: string): void {
  try {
    const descriptor = openSync(directory, 'r')
    try {
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
  } catch {
    // Windows has no directories to flush.
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}
