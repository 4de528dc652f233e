import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { DomainError } from '@tollgate/kernel'
import { type Account, postgresAccount } from './account.ts'
import { postgresBinaries } from './binaries.ts'

const run = promisify(execFile)

/** A real PostgreSQL under a directory of ours, on a free port of this machine only. */
export interface EmbeddedPostgres {
  /** As its superuser, to the database `postgres`. */
  readonly url: string
  /** False where it was running already: left behind by a killed process, or started by another command. */
  readonly started: boolean
  /** Lets transactions in progress fail and stops; data stay. */
  stop(): Promise<void>
}

/** Where its files are, and how it runs. */
export interface EmbeddedPostgresOptions {
  /** Made when it is missing. */
  readonly directory: string
  /** Settings of PostgreSQL, such as `{ fsync: 'off' }` for tests. */
  readonly settings?: Readonly<Record<string, string>>
}

/** PostgreSQL could not be set up or started; the message carries its own words. */
export class EmbeddedPostgresFailed extends DomainError<'EMBEDDED_POSTGRES_FAILED'> {
  constructor(doing: string, directory: string, cause: unknown) {
    super('EMBEDDED_POSTGRES_FAILED', `PostgreSQL could not ${doing} in ${directory}: ${outputOf(cause)}`, { cause })
  }
}

/**
 * Starts PostgreSQL, or joins the one that already runs in the directory. It is a process group of its own, so that
 * Ctrl-C reaches the server alone, which stops it last. A lock left by a kill -9 is recovered from.
 */
export async function startEmbeddedPostgres({ directory, settings = {} }: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { initdb, pg_ctl } = await postgresBinaries()
  const account = await postgresAccount()
  const root = resolve(directory)
  const data = join(root, 'data')
  const password = await prepareDirectory(root, account)
  const control = (...args: string[]) => run(pg_ctl, ['-D', data, ...args], { ...account, cwd: root })
  const urlAt = (port: string) => `postgres://tollgate:${password}@127.0.0.1:${port}/postgres`

  if (!(await readFile(join(data, 'PG_VERSION')).catch(() => undefined))) {
    await initialise({ initdb, root, data, account }).catch((error: unknown) => {
      throw new EmbeddedPostgresFailed('be set up', root, error)
    })
  }
  const runs = await control('status').then(() => true, () => false)
  if (!runs) {
    const flags = { ...settings, port: String(await freePort()), listen_addresses: '127.0.0.1', unix_socket_directories: '' }
    const options = Object.entries(flags).map(([name, value]) => `-c ${name}='${value}'`).join(' ')
    await control('start', '-w', '-t', '60', '-l', join(root, 'postgres.log'), '-o', options).catch(async (error: unknown) => {
      const log = await readFile(join(root, 'postgres.log'), 'utf8').catch(() => '')
      throw new EmbeddedPostgresFailed('start', root, new Error(`${outputOf(error)}\n${log.split('\n').slice(-6).join('\n')}`))
    })
  }
  return {
    url: urlAt(await portOf(data)),
    started: !runs,
    stop: async () => {
      await control('stop', '-w', '-m', 'fast').catch(() => {}) // Already down is what was asked for.
    },
  }
}

/** Makes the directory, owned by PostgreSQL's account, and the password that local connections use. */
async function prepareDirectory(root: string, { uid, gid }: Account): Promise<string> {
  await mkdir(root, { recursive: true })
  if (uid !== undefined && gid !== undefined) await chown(root, uid, gid)
  const file = join(root, 'password')
  const existing = await readFile(file, 'utf8').catch(() => undefined)
  if (existing !== undefined) return existing
  const password = randomBytes(18).toString('base64url')
  await writeFile(file, password, { mode: 0o600 })
  if (uid !== undefined && gid !== undefined) await chown(file, uid, gid)
  return password
}

/** Set up under another name first: a directory named `data` is always a complete one. */
async function initialise({ initdb, root, data, account }: { initdb: string; root: string; data: string; account: Account }): Promise<void> {
  const unfinished = `${data}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  await run(
    initdb,
    [
      ...['--pgdata', unfinished, '--username', 'tollgate', '--pwfile', join(root, 'password'), '--auth', 'scram-sha-256'],
      // The same order of text on every operating system.
      ...['--encoding', 'UTF8', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8', '--locale', 'C', '--no-instructions'],
    ],
    { ...account, cwd: root },
  )
  await rename(unfinished, data)
}

/** PostgreSQL keeps its port in the fourth line of its lock file. */
async function portOf(data: string): Promise<string> {
  const lines = (await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n')
  return lines[3] ?? ''
}

function freePort(): Promise<number> {
  return new Promise((settle, fail) => {
    const server = createServer()
    server.on('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => settle(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

function outputOf(error: unknown): string {
  const { stderr, stdout, message } = error as { stderr?: string; stdout?: string; message?: string }
  return [stderr, stdout, message].find(text => text !== undefined && text.trim() !== '')?.trim() ?? String(error)
}
