import { closeSync, openSync, readFileSync, renameSync, statSync, unlinkSync, utimesSync, writeSync } from 'node:fs'
import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import { TollgateError } from '../errors.ts'

/** A directory that belongs to this process. */
export interface DirectoryOwnership {
  release(): void
}

interface Owner {
  readonly pid: number
  readonly host: string
}

const HEARTBEAT_MS = 10_000
/** An owner that was not heard of for this long is gone, even if its process id is used again. */
const MAX_SILENCE_MS = 60_000

/** The directories that this process owns. */
const owned = new Set<string>()

/** Takes a directory, also from a process that ended without giving it back. Throws if another process uses it. */
export function ownDirectory(directory: string): DirectoryOwnership {
  const path = join(resolve(directory), 'owner.json')
  if (owned.has(path) || !(tryToOwn(path) || (takeFromTheDead(path) && tryToOwn(path)))) {
    throw new TollgateError('SPOOL_IN_USE', `The spool ${directory} is used by another process (see ${path}). Give each process a directory of its own.`)
  }
  owned.add(path)
  const heartbeat = setInterval(() => {
    try {
      utimesSync(path, new Date(), new Date())
    } catch {
      // The directory was deleted. Writing reports it.
    }
  }, HEARTBEAT_MS).unref()
  return {
    release() {
      clearInterval(heartbeat)
      if (owned.delete(path)) unlinkSync(path)
    },
  }
}

function tryToOwn(path: string): boolean {
  let descriptor: number
  try {
    descriptor = openSync(path, 'wx')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
  writeSync(descriptor, JSON.stringify({ pid: process.pid, host: hostname() } satisfies Owner))
  closeSync(descriptor)
  return true
}

/** Removes the mark of an owner that is gone. Of several processes that try, one succeeds. */
function takeFromTheDead(path: string): boolean {
  const mark = readFileSync(path, 'utf8')
  if (isAlive(mark, Date.now() - statSync(path).mtimeMs)) return false
  const taken = `${path}.${process.pid}`
  renameSync(path, taken)
  const isTheSame = readFileSync(taken, 'utf8') === mark
  if (isTheSame) unlinkSync(taken)
  else renameSync(taken, path)
  return isTheSame
}

function isAlive(mark: string, silenceMs: number): boolean {
  if (silenceMs > MAX_SILENCE_MS) return false
  let owner: Owner
  try {
    owner = JSON.parse(mark) as Owner
  } catch {
    return false
  }
  if (owner.host !== hostname()) return true
  // This process does not own it, so an earlier process had the same id, as in a container that was started again.
  if (owner.pid === process.pid) return false
  try {
    process.kill(owner.pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
