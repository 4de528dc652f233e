import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { access, chown, link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Account } from './account.ts'

const run = promisify(execFile)

/** The files of one PostgreSQL. */
export interface Cluster {
  /** Where PostgreSQL's log and password are. */
  readonly root: string
  readonly data: string
  readonly password: string
}

/** Paths in a directory that PostgreSQL is set up under. */
export function clusterPaths(root: string): Pick<Cluster, 'root' | 'data'> & { readonly passwordFile: string; readonly logFile: string } {
  return { root, data: join(root, 'data'), passwordFile: join(root, 'password'), logFile: join(root, 'postgres.log') }
}

/** Makes the directory PostgreSQL's account's own. */
export async function prepareRoot(root: string, { uid, gid }: Account): Promise<void> {
  await mkdir(root, { recursive: true })
  if (uid !== undefined && gid !== undefined) await chown(root, uid, gid)
}

/** Sets PostgreSQL's files up where they are missing. Two processes may try at once: the first to finish wins. */
export async function prepareCluster({ initdb, root, account }: { initdb: string; root: string; account: Account }): Promise<Cluster> {
  const { data, passwordFile } = clusterPaths(root)
  const password = await keepPassword(passwordFile, account)
  if (!(await exists(join(data, 'PG_VERSION')))) await initialise({ initdb, root, data, passwordFile, account })
  return { root, data, password }
}

/** The password of local connections: made once, and written whole before it has its name. */
async function keepPassword(file: string, { uid, gid }: Account): Promise<string> {
  if (await exists(file)) return readFile(file, 'utf8')
  const draft = `${file}.${process.pid}`
  await writeFile(draft, randomBytes(18).toString('base64url'), { mode: 0o600 })
  if (uid !== undefined && gid !== undefined) await chown(draft, uid, gid)
  await link(draft, file).catch(unlessExists)
  await rm(draft)
  return readFile(file, 'utf8')
}

/** Set up under another name first: a directory named `data` is always a complete one. */
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
  account: Account
}): Promise<void> {
  const unfinished = `${data}.unfinished-${process.pid}`
  await rm(unfinished, { recursive: true, force: true })
  await run(
    initdb,
    [
      ...['--pgdata', unfinished, '--username', 'tollgate', '--pwfile', passwordFile, '--auth', 'scram-sha-256'],
      // The same order of text on every operating system.
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

/** Only "is not there" means no: a directory that may not be read must not be taken for an empty one. */
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
