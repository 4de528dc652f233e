import { execFile } from 'node:child_process'
import { mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A small file system in memory that can be filled up. */
export interface SmallDisk {
  readonly directory: string
  /** Fills it to the last byte. */
  fill(): Promise<void>
  /** Deletes what fills it. */
  clear(): Promise<void>
  unmount(): Promise<void>
}

const SIZE = '512m'
const PIECE = Buffer.alloc(4 * 1024 * 1024)

/** Mounts a small disk under a directory. Returns the reason if this machine or account cannot. */
export async function mountSmallDisk(parent: string): Promise<SmallDisk | string> {
  const directory = join(parent, 'small-disk')
  await mkdir(directory)
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${SIZE},mode=755`, 'tmpfs', directory])
  } catch (error) {
    return (error as Error).message.replaceAll('\n', ' ').trim()
  }
  const filler = join(directory, 'filler')
  return {
    directory,
    async fill() {
      const file = await open(filler, 'w')
      try {
        // The last pieces are single bytes and fill the last page.
        for (let size = PIECE.length; size >= 1; size = Math.floor(size / 16)) while (await fits(file.write(PIECE.subarray(0, size))));
      } finally {
        await file.close()
      }
    },
    clear: () => rm(filler, { force: true }),
    unmount: async () => void (await run('umount', [directory])),
  }
}

async function fits(writing: Promise<{ bytesWritten: number }>): Promise<boolean> {
  try {
    return (await writing).bytesWritten > 0
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOSPC') return false
    throw error
  }
}
