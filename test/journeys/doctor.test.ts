import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runCommand } from '../kit/command.ts'
import { temporaryDirectory, type TemporaryDirectory } from '../kit/temporary-directory.ts'

let database: TestDatabase
let directory: TemporaryDirectory
let settings: Record<string, string>

beforeAll(async () => {
  database = await createTestDatabase()
  directory = await temporaryDirectory()
  settings = {
    DATABASE_URL: database.url,
    TOLLGATE_DATA_DIR: directory.path,
    TOLLGATE_OPERATOR_KEY: 'operator-key-of-the-doctor',
    TOLLGATE_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
  }
})
afterAll(async () => {
  await database?.drop()
  await directory?.[Symbol.asyncDispose]()
})

const doctor = (more: Record<string, string> = {}) => runCommand(['doctor'], { ...settings, ...more })

it('finds no problem in a migrated database, and changes nothing in it', async () => {
  const { exitCode, stdout } = await doctor()
  expect(stdout).toMatch(/^Tollgate \d+\.\d+\.\d+ \(from source, Node\.js \d/)
  for (const line of [
    /^ok {7}settings: every variable is known and valid$/m,
    /^ok {7}operator key: set in TOLLGATE_OPERATOR_KEY$/m,
    /^ok {7}encryption key: 1 key in TOLLGATE_ENCRYPTION_KEY$/m,
    /^ok {7}version: PostgreSQL 18/m,
    /^ok {7}clock: this machine is /m,
    /^ok {7}role of the server: "tollgate_\w+" owns nothing and can only log in$/m,
    /^ok {7}migrations: all \d+ have run$/m,
    /^ok {7}row-level security: on in every table with rows of tenants$/m,
    /^0 problems, /m,
  ]) {
    expect(stdout).toMatch(line)
  }
  expect(exitCode).toBe(0)
})

it('says what to do about each thing that is wrong', async () => {
  const [pending] = await database.asOwner<{ name: string }>(
    'delete from tollgate.migrations where id = (select max(id) from tollgate.migrations) returning name',
  )
  await database.asOwner('alter table usage.events no force row level security')
  await database.asOwner(`create role doctors_patient login createrole password 'patient'`)
  const patient = Object.assign(new URL(database.url), { username: 'doctors_patient', password: 'patient' }).href
  await database.asOwner(`insert into tollgate.encryption_keys (id, created_at) values ('0123456789abcdef', now())`)
  const keys = join(directory.path, 'keys')
  await writeFile(keys, `${settings['TOLLGATE_ENCRYPTION_KEY']}\n`)
  await chmod(keys, 0o644)
  try {
    const { exitCode, stdout } = await doctor({
      DATABASE_URL: patient,
      TOLLGATE_MIGRATIONS_URL: database.url,
      TOLLGATE_ENCRYPTION_KEY: '',
      TOLLGATE_ENCRYPTION_KEY_FILE: keys,
      TOLLGATE_DRAIN_SECOND: '5',
      TOLLGATE_OPERATOR_KEY: '',
    })
    expect(exitCode).toBe(1)
    expect(stdout).toContain(`WARNING  settings: TOLLGATE_DRAIN_SECOND is not a setting and has no effect. Did you mean TOLLGATE_DRAIN_SECONDS?`)
    expect(stdout).toContain(`WARNING  encryption key: 1 key in ${keys}, which other users can read\n         chmod 600 ${keys}`)
    expect(stdout).toMatch(/WARNING {2}operator key: none yet; .*\n {9}Set TOLLGATE_OPERATOR_KEY to the same key on every server/)
    expect(stdout).toMatch(
      /PROBLEM {2}role of the server: "doctors_patient" must not be used: it can create roles\n {9}Let DATABASE_URL name a role that owns nothing/,
    )
    expect(stdout).toContain('ok       login of the server: "doctors_patient" can log in')
    expect(stdout).toContain(`have not run: ${pending?.name}\n         The next start runs them, or "tollgate migrate" now.`)
    expect(stdout).toMatch(/PROBLEM {2}row-level security: does not protect usage\.events\n/)
    expect(stdout).toMatch(
      /PROBLEM {2}encrypted secrets: Secrets in the database are encrypted with the encryption key 0123456789abcdef, but the configured keys are .*\n {9}Servers do not start/,
    )
  } finally {
    await database.asOwner('drop role doctors_patient')
    await database.asOwner('delete from tollgate.encryption_keys')
  }
})

it('logs in as the server does, also if the owner has another URL', async () => {
  const wrong = Object.assign(new URL(database.url), { password: 'hunter2' }).href
  const { exitCode, stdout } = await doctor({ DATABASE_URL: wrong, TOLLGATE_MIGRATIONS_URL: database.url })
  expect(stdout).toMatch(/^PROBLEM {2}login of the server: The database at \S+ cannot be used: /m)
  expect(stdout).not.toContain('hunter2')
  expect(exitCode).toBe(1)
})

it.each([
  {
    what: 'a database that does not answer',
    set: { DATABASE_URL: 'postgres://someone:hunter2@127.0.0.1:9/metering' },
    says: /PROBLEM {2}connection: .* nothing listens there/,
  },
  {
    what: 'a missing file of keys',
    set: { TOLLGATE_ENCRYPTION_KEY: '', TOLLGATE_ENCRYPTION_KEY_FILE: '/nowhere/keys' },
    says: /PROBLEM {2}encryption key: \/nowhere\/keys does not exist/,
  },
])('exits with 1 for $what, without a password in its output', async ({ set, says }) => {
  const { exitCode, stdout, stderr } = await doctor(set)
  expect(stdout).toMatch(says)
  expect(stdout + stderr).not.toContain('hunter2')
  expect(exitCode).toBe(1)
})

it('prints its version', async () => {
  expect(await runCommand(['--version'], {})).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+ \(from source, Node\.js/) })
})
