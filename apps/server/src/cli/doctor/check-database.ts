import { connectionSettings, MIN_POSTGRES_VERSION } from '@tollgate/postgres'
import { Client } from 'pg'
import { DatabaseUnusable } from '../../database/database-unusable.ts'
import type { Environment } from '../../environment.ts'
import { checkRole } from './check-role.ts'
import type { Finding } from './finding.ts'
import { checkEncryptedSecrets, checkMigrations, checkRowSecurity } from './check-tables.ts'

/** A clock that is off by more than this is a warning. */
const NOTICEABLE_OFFSET_MS = 1_000
const SLOW_MS = 20
const ROUND_TRIPS = 5
const LOCAL = new Set(['localhost', '127.0.0.1', '::1', '[::1]', ''])

/** Checks the database of the settings, without changing anything in it. */
export async function checkDatabase(environment: Environment): Promise<readonly Finding[]> {
  const { databaseUrl, migrationsUrl } = environment
  if (databaseUrl === undefined) return []
  const ownerUrl = migrationsUrl ?? databaseUrl
  const client = await connected(ownerUrl)
  if (!(client instanceof Client)) return [client]
  try {
    const version = await checkVersion(client)
    const findings = [checkTls(ownerUrl), await checkDistance(client), await checkClock(client, environment), version, await checkDurability(client)]
    if (version.level === 'problem') return findings
    findings.push(await checkConnections(client, environment), ...(await checkRole(client, { databaseUrl, migrationsUrl })))
    if (migrationsUrl !== undefined) findings.push(await checkLogin(databaseUrl))
    findings.push(await checkMigrations(client), await checkRowSecurity(client), ...(await checkEncryptedSecrets(client, environment)))
    return findings
  } finally {
    await client.end().catch(() => {})
  }
}

/** Checks the URL of the server, which has a role of its own and perhaps a pooler. */
async function checkLogin(url: string): Promise<Finding> {
  const check = 'login of the server'
  const client = await connected(url)
  if (!(client instanceof Client)) return { ...client, check }
  await client.end().catch(() => {})
  return { check, level: 'ok', found: `"${client.user}" can log in` }
}

async function connected(url: string): Promise<Client | Finding> {
  const found = (error: unknown): Finding => {
    const advice = 'Start PostgreSQL, or correct the URL, its user, password and sslmode.'
    return { check: 'connection', level: 'problem', found: new DatabaseUnusable(url, error).message, advice }
  }
  try {
    const client = new Client({ ...connectionSettings(url), application_name: 'tollgate doctor', connectionTimeoutMillis: 10_000, query_timeout: 30_000 })
    client.on('error', () => {}) // The next statement fails.
    await client.connect()
    return client
  } catch (error) {
    return found(error)
  }
}

function checkTls(url: string): Finding {
  const { hostname, searchParams } = new URL(url)
  const check = 'encryption of connections'
  const mode = searchParams.get('sslmode') ?? (searchParams.has('sslrootcert') ? 'verify-full' : 'disable')
  if (mode !== 'disable' && mode !== 'no-verify') return { check, level: 'ok', found: `sslmode=${mode}` }
  if (LOCAL.has(hostname)) return { check, level: 'ok', found: `not needed: ${hostname} is this machine` }
  const found = mode === 'disable' ? `connections to ${hostname} are not encrypted` : `the certificate of ${hostname} is not verified`
  return { check, level: 'warning', found, advice: 'Add ?sslmode=verify-full to the URL, and sslrootcert if the authority is your own.' }
}

async function checkDistance(client: Client): Promise<Finding> {
  const times: number[] = []
  for (let trip = 0; trip < ROUND_TRIPS; trip += 1) {
    const startedAt = performance.now()
    await client.query('select 1')
    times.push(performance.now() - startedAt)
  }
  const ms = Math.min(...times)
  const found = `a round trip takes ${ms.toFixed(1)} ms`
  if (ms < SLOW_MS) return { check: 'connection', level: 'ok', found }
  return { check: 'connection', level: 'warning', found, advice: 'Run the servers in the region of the database: a request makes several round trips.' }
}

async function checkClock(client: Client, { maxClockOffsetSeconds }: Environment): Promise<Finding> {
  const before = Date.now()
  const [row] = (await client.query<{ ms: number }>('select extract(epoch from clock_timestamp())::float8 * 1000 as ms')).rows
  const offset = Math.round((before + Date.now()) / 2 - (row?.ms ?? 0))
  const found = `this machine is ${Math.abs(offset) / 1_000} s ${offset < 0 ? 'behind' : 'ahead of'} the database`
  const isRefused = maxClockOffsetSeconds > 0 && Math.abs(offset) > maxClockOffsetSeconds * 1_000
  if (Math.abs(offset) <= NOTICEABLE_OFFSET_MS) return { check: 'clock', level: 'ok', found }
  return { check: 'clock', level: isRefused ? 'problem' : 'warning', found, advice: 'Set both clocks, for example with NTP.' }
}

async function checkVersion(client: Client): Promise<Finding> {
  const [row] = (await client.query<{ server_version: string }>('show server_version')).rows
  const version = row?.server_version ?? 'unknown'
  const found = `PostgreSQL ${version}`
  if (Number.parseInt(version, 10) >= MIN_POSTGRES_VERSION) return { check: 'version', level: 'ok', found }
  return { check: 'version', level: 'problem', found, advice: `Upgrade to PostgreSQL ${MIN_POSTGRES_VERSION} or newer.` }
}

async function checkDurability(client: Client): Promise<Finding> {
  const { rows } = await client.query<{ name: string; setting: string }>(
    `select name, setting from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off' order by name`,
  )
  if (rows.length === 0) return { check: 'durability', level: 'ok', found: 'commits are durable' }
  const found = rows.map(({ name, setting }) => `${name} is ${setting}`).join(', ')
  return { check: 'durability', level: 'warning', found, advice: 'Turn it on: what the server acknowledges can be lost without it.' }
}

/** Connections of graphile-worker, notifications and the watch of one server. */
const OTHER_CONNECTIONS = 8

async function checkConnections(client: Client, { writeConnections, readConnections, jobConnections }: Environment): Promise<Finding> {
  const [row] = (
    await client.query<{ max: number; used: number }>(
      `select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int as max,
              (select count(*)::int from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()) as used`,
    )
  ).rows
  const needed = writeConnections + readConnections + jobConnections + OTHER_CONNECTIONS
  const free = (row?.max ?? 0) - (row?.used ?? 0)
  const found = `one server opens up to ${needed}, and ${free} of ${row?.max ?? 0} are free`
  if (free >= needed) return { check: 'connections', level: 'ok', found }
  return { check: 'connections', level: 'warning', found, advice: 'Raise max_connections of PostgreSQL, or lower TOLLGATE_POOL_SIZE.' }
}
