import { link, rm, writeFile } from 'node:fs/promises'

/**
 * Creates a file that only this user can read (mode 0600), with its whole content. Returns false, without any change, if the
 * file exists: of two processes at the same time, both use the file of the faster one.
 */
export async function createPrivateFile(file: string, content: string | Uint8Array): Promise<boolean> {
  const draft = `${file}.${process.pid}`
  try {
    await writeFile(draft, content, { mode: 0o600 })
    await link(draft, file) // Fails if the file exists.
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    await rm(draft, { force: true })
  }
}
