import { createTestDatabase } from '@tollgate/postgres/testing'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runServer } from '../../apps/server/src/process/run-server.ts'
import { captureOutput } from '../kit/captured-output.ts'
import { type CommandResult, runCommand } from '../kit/command.ts'
import { startLocalServer } from '../kit/local-server.ts'
import { OPERATOR_KEY, spawnProgram } from '../kit/server-process.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'

const SETTINGS = { PORT: '0', TOLLGATE_OPERATOR_KEY: OPERATOR_KEY }

/** Runs a server that cannot start, and returns what it prints to stderr. */
async function failureOf(environment: Readonly<Record<string, string>>, ...args: string[]): Promise<string> {
  const { result, stdout, stderr } = captureOutput({ environment: { ...SETTINGS, ...environment } }, () => runServer(args))
  return expectFailure({ exitCode: await result, stdout: stdout(), stderr: stderr() })
}

/** Does the same in a process of its own. */
async function failureOfProcess(environment: Readonly<Record<string, string>>): Promise<string> {
  const server = spawnProgram('main.ts', { environment: { ...SETTINGS, ...environment } })
  const exitCode = await server.ended()
  return expectFailure({ exitCode, stdout: server.stdout(), stderr: server.stderr() })
}

function expectFailure({ exitCode, stdout, stderr }: CommandResult): string {
  expect(stderr).not.toMatch(/^ +at /m) // No stack trace.
  expect(exitCode).toBe(1)
  expect(stdout).toBe('')
  return stderr
}

it('does not start on a port that is in use', async () => {
  const other = createServer().listen(0)
  const port = (other.address() as { port: number }).port
  expect(await failureOfProcess({ PORT: String(port) })).toContain(`Port ${port} is in use by another program. Set PORT to another port, such as PORT=4000.`)
  other.close()
})

it('does not start if the data directory cannot be created', async () => {
  await using directory = await temporaryDirectory()
  await writeFile(join(directory.path, 'file'), '')
  const said = await failureOf({ TOLLGATE_DATA_DIR: join(directory.path, 'file', 'data') })
  expect(said).toContain(`The data directory ${join(directory.path, 'file', 'data')} cannot be used: part of its path is a file. Set TOLLGATE_DATA_DIR`)
})

it('does not start if this user, or for root the account of PostgreSQL, has no access to the data directory', async () => {
  await using directory = await temporaryDirectory()
  const closed = join(directory.path, 'closed')
  await mkdir(closed)
  await chmod(closed, process.getuid?.() === 0 ? 0o700 : 0o500)
  const said = await failureOf({ TOLLGATE_DATA_DIR: join(closed, 'data') })
  expect(said).toContain(
    process.getuid?.() === 0
      ? `PostgreSQL does not run as root, and the account "postgres" that it runs as cannot access the data directory ${join(closed, 'data', 'postgres')}: ${closed} denies it access.`
      : `The data directory ${join(closed, 'data')} cannot be used: this user cannot write to it.`,
  )
})

it('does not start if no database listens, and does not print the password', async () => {
  const said = await failureOf({ DATABASE_URL: 'postgres://someone:hunter2@127.0.0.1:9/metering' })
  expect(said).toContain('The database at 127.0.0.1:9 cannot be used: nothing listens there. Is PostgreSQL running?')
  expect(said).not.toContain('hunter2')
})

it('does not start if the database refuses the password, or does not exist', async () => {
  const test = await createTestDatabase()
  const wrongPassword = new URL(test.url)
  wrongPassword.password = 'hunter2'
  const refused = await failureOf({ DATABASE_URL: wrongPassword.href })
  expect(refused).toContain(`it rejects the user "${wrongPassword.username}" or the password.`)
  expect(refused).not.toContain('hunter2')

  const missing = new URL(test.url)
  missing.pathname = '/not_there'
  expect(await failureOf({ DATABASE_URL: missing.href })).toContain('it has no database "not_there". Create it with: create database not_there')
  await test.drop()
})

it('does not start on a database that a newer version has migrated', async () => {
  const test = await createTestDatabase()
  await test.asOwner(`insert into tollgate.migrations (name) values ('usage/9999-from-the-future')`)
  const said = await failureOf({ DATABASE_URL: test.url })
  expect(said).toContain('A newer version migrated the database: this version does not know usage/9999-from-the-future.')
  await test.drop()
})

it('does not start with invalid environment variables', async () => {
  const said = await failureOf({ PORT: 'http', TOLLGATE_OPERATOR_KEY: 'too-short' })
  expect(said).toContain('PORT must be a whole number from 0 to 65535.')
  expect(said).toContain('TOLLGATE_OPERATOR_KEY must have at least 16 characters.')
  expect(said).not.toContain('too-short')
})

it('does not start on a platform without an embedded PostgreSQL', async () => {
  await using directory = await temporaryDirectory()
  const pretend = "--import=data:text/javascript,Object.defineProperty(process,'arch',{value:'vax'})"
  const said = await failureOfProcess({ TOLLGATE_DATA_DIR: directory.path, NODE_OPTIONS: pretend })
  expect(said).toContain(`No embedded PostgreSQL for ${process.platform}-vax is installed. Set DATABASE_URL`)
})

it('does not start with an unknown option', async () => {
  expect(await failureOf({}, '--demoo')).toContain("Unknown option '--demoo'")
})

it('does not start without the encryption key of the database, or with another one, and changes nothing', async () => {
  const test = await createTestDatabase()
  const [key, other] = ['k', 'o'].map(letter => Buffer.alloc(32, letter).toString('base64')) as [string, string]
  await using directory = await temporaryDirectory()
  const file = join(directory.path, 'key')
  await writeFile(file, `${key}\n`)
  const settings = { DATABASE_URL: test.url, TOLLGATE_DATA_DIR: directory.path }
  const keyRows = () => test.asOwner('select * from tollgate.encryption_keys')
  await using server = await startLocalServer({ ...settings, TOLLGATE_ENCRYPTION_KEY_FILE: file })
  const before = await keyRows()
  expect(before).toMatchObject([{ id: expect.any(String), completed_at: expect.any(Date) }])
  expect(server.log()).not.toContain('not encrypted')

  expect(await failureOf(settings)).toMatch(/Secrets in the database are encrypted with the encryption key [0-9a-f]{16}, but no key is configured\./)
  const wrong = await failureOf({ ...settings, TOLLGATE_ENCRYPTION_KEY: other })
  expect(wrong).toMatch(/encryption key [0-9a-f]{16}, but the configured keys are [0-9a-f]{16}\. Configure the key that was used before/)
  expect(wrong).not.toContain(other)
  await writeFile(file, 'not a key')
  const malformed = await failureOf({ ...settings, TOLLGATE_ENCRYPTION_KEY_FILE: file })
  expect(malformed).toContain(`The encryption keys in ${file} cannot be read: An encryption key must be 32 random bytes`)
  expect(await failureOf({ ...settings, TOLLGATE_ENCRYPTION_KEY_FILE: join(directory.path, 'missing') })).toContain('no such file')
  expect(await keyRows()).toEqual(before)

  // The key is replaced while the server runs.
  await server.api.send('mutation { createWebhookEndpoint(input: { url: "https://example.com/hook" }) { __typename } }')
  const rotate = () => runCommand(['keys', 'rotate-encryption'], { ...settings, TOLLGATE_ENCRYPTION_KEY: `${other},${key}` })
  expect(await rotate()).toMatchObject({
    exitCode: 0,
    stderr: expect.stringMatching(
      /webhooks\.endpoints\.secret\.\nEncrypted 1 values of audit\.installation_subject_keys\.wrapped_key\.\nEncrypted 2 values in all\./,
    ),
  })
  expect(await rotate()).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/^Encrypted 0 values in all\./) })
  expect(await failureOf({ ...settings, TOLLGATE_ENCRYPTION_KEY: key })).toContain('Secrets in the database are encrypted with the encryption key')
  expect(await runCommand(['tenants', 'list'], { ...settings, TOLLGATE_ENCRYPTION_KEY: other })).toMatchObject({ exitCode: 0 })
  await server.stop()
  await test.drop()
})
