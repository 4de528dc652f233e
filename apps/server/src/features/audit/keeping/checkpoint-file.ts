import { type CheckpointPlace, keptCheckpointLine } from '@tollgate/audit'
import { open } from 'node:fs/promises'

/** Keeps checkpoints in a file that is only appended to, one line of JSON each. */
export function checkpointFile(path: string): CheckpointPlace {
  return {
    name: 'file',
    async keep(checkpoint) {
      await using file = await open(path, 'a+', 0o600)
      const { size } = await file.stat()
      const last = await file.read({ buffer: Buffer.alloc(1), position: Math.max(0, size - 1) })
      // A crash in the middle of a line leaves it as it is: the next line starts on its own.
      const separator = last.bytesRead === 0 || last.buffer[0] === NEWLINE ? '' : '\n'
      await file.appendFile(`${separator}${keptCheckpointLine(checkpoint)}\n`)
      await file.sync()
    },
  }
}

const NEWLINE = 0x0a
