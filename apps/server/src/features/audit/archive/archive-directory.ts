import type { ArchiveFiles } from '@tollgate/audit'
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { readLines } from '../../../cli/read-lines.ts'

/** Keeps archives in a directory, compressed with gzip. A file that is not complete yet ends with ".part". */
export function archiveDirectory(directory: string): ArchiveFiles {
  return {
    async write(name, lines) {
      const path = join(directory, name)
      const draft = `${path}.part`
      await mkdir(dirname(path), { recursive: true })
      const hash = createHash('sha256')
      const hashing = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          hash.update(chunk)
          done(null, chunk)
        },
      })
      try {
        // Replaces what an interrupted run has left.
        await pipeline(Readable.from(lines, { objectMode: false }), createGzip(), hashing, createWriteStream(draft, { mode: 0o600, flush: true }))
        await rename(draft, path)
      } catch (error) {
        await rm(draft, { force: true })
        throw error
      }
      // The new name is durable once its directory is.
      await using parent = await open(dirname(path))
      await parent.sync()
      return hash.digest('hex')
    },
    async open(name) {
      const path = join(directory, name)
      const hash = createHash('sha256')
      try {
        await pipeline(createReadStream(path), hash)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
        throw error
      }
      return { sha256: hash.digest('hex'), lines: () => readLines(path) }
    },
  }
}
