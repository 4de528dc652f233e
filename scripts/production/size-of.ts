import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Returns the size of a folder in bytes: each file once, although there are several links to its package. */
export async function sizeOf(directory: string): Promise<number> {
  let bytes = 0
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) bytes += await sizeOf(path)
    else if (entry.isFile()) bytes += (await stat(path)).size
  }
  return bytes
}
