import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fastFileSystem } from './fast-file-system.ts'

/** A directory that is deleted when it is disposed of. */
export interface TemporaryDirectory extends AsyncDisposable {
  readonly path: string
}

/** Creates an empty directory. */
export async function temporaryDirectory(): Promise<TemporaryDirectory> {
  const path = await mkdtemp(join(await fastFileSystem(), 'tollgate-journey-'))
  await chmod(path, 0o755) // As directories are; PostgreSQL runs as another account where the tests run as root.
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}
