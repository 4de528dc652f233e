import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { access, chown, link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { PostgresAccount } from './postgres-account.ts'

const run = promisify(execFile)

/** The files of a PostgreSQL server. */
export interface Cluster {
  /** Directory of the log, the password and `data`. */
  readonly root: string
  readonly data: string
  readonly password: string
}

/** Returns the paths under a root directory. */
export function clusterPaths(root: string): Pick<Cluster, 'root' | 'data'> & { readonly passwordFile: string; readonly logFile: string } {
  return { root, data: join(root, 'data'), passwordFile: join(root, 'password'), logFile: join(root, 'postgres.log') }
}

/** Creates the root directory, owned by PostgreSQL's account. */
export async function prepareRoot(root: string, { uid, gid }: PostgresAccount): Promise<void> {
  await mkdir(root, { recursive: true })
  if (uid !== undefined && gid !== undefined) await chown(root, uid, gid)
}

/** Creates PostgreSQL's files if they do not exist. Two processes may do so at once: the first to finish wins. */
export async function prepareCluster({ initdb, root, account }: { initdb: string; root: string; account: PostgresAccount }): Promise<Cluster> {
  const { data, passwordFile } = clusterPaths(root)
  const password = await keepPassword(passwordFile, account)
  if (!(await exists(join(data, 'PG_VERSION')))) await initialise({ initdb, root, data, passwordFile, account })
  return { root, data, password }
}

/** Returns the password of local connections. It is created once, in a draft that is renamed when it is complete. */
async function keepPassword(file: string, { uid, gid }: PostgresAccount): Promise<string> {
  if (await exists(file)) return readFile(file, 'utf8')
  const draft = `${file}.${process.pid}`
  await writeFile(draft, randomBytes(18).toString('base64url'), { mode: 0o600 })
  if (uid !== undefined && gid !== undefined) await chown(draft, uid, gid)
  await link(draft, file).catch(unlessExists)
  await rm(draft)
  return readFile(file, 'utf8')
}

/** Creates the files under another name and renames them, so that a directory named `data` is always complete. */
async function initialise({
  initdb,
  root,
  data,
  passwordFile,
  account,
}: {
  initdb: string
  root: string
  data: string
  passwordFile: string
  account: PostgresAccount
}): Promise<void> {
  const unfinished = `${data}.unfinished-${process.pid}`
  await rm(unfinished, { recursive: true, force: true })
  await run(
    initdb,
    [
      ...['--pgdata', unfinished, '--username', 'tollgate', '--pwfile', passwordFile, '--auth', 'scram-sha-256'],
      // Text sorts the same on every operating system.
      ...['--encoding', 'UTF8', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8', '--locale', 'C', '--no-instructions'],
    ],
    { ...account, cwd: root },
  )
  try {
    await rename(unfinished, data).catch(unlessExists)
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
}

/** Throws for any error but "does not exist": an unreadable directory must not count as an empty one. */
async function exists(file: string): Promise<boolean> {
  try {
    await access(file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}

function unlessExists(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST' && error.code !== 'ENOTEMPTY') throw error
}
