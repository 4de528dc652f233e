import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runServer } from '../../apps/server/src/process/run-server.ts'
import { captureOutput } from '../kit/captured-output.ts'
import { createCertificateAuthority } from '../kit/certificate-authority.ts'
import { runCommand } from '../kit/command.ts'
import { startLocalServer } from '../kit/local-server.ts'
import { OPERATOR_KEY } from '../kit/server-process.ts'
import { temporaryDirectory, type TemporaryDirectory } from '../kit/temporary-directory.ts'

let test: TestDatabase
let directory: TemporaryDirectory
beforeAll(async () => {
  test = await createTestDatabase()
  directory = await temporaryDirectory()
})
afterAll(async () => {
  for (const setting of ['ssl', 'ssl_cert_file', 'ssl_key_file']) await test.asOwner(`alter system reset ${setting}`)
  await test.asOwner('select pg_reload_conf()')
  await test.drop()
  await directory[Symbol.asyncDispose]()
})

const file = (name: string) => join(directory.path, name)

/** Returns the URL of the database with other parameters, and under another host. */
function urlWith(parameters: Readonly<Record<string, string>>, host = 'localhost'): string {
  const url = new URL(test.url)
  url.hostname = host
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return url.href
}

/** Returns why a server does not start on this URL. */
async function refusal(databaseUrl: string, environment: Readonly<Record<string, string>> = {}): Promise<string> {
  const settings = { PORT: '0', TOLLGATE_OPERATOR_KEY: OPERATOR_KEY, DATABASE_URL: databaseUrl, ...environment }
  const { result, stderr } = captureOutput({ environment: settings }, () => runServer([]))
  expect(await result).toBe(1)
  return stderr()
}

/** Writes a file that only the account of PostgreSQL can read, and returns its path. */
async function writeOnServer(name: string, text: string): Promise<string> {
  const [row] = await test.asOwner<{ path: string }>(`select current_setting('data_directory') || '/' || $1 as path`, [name])
  const path = row?.path ?? ''
  await test.asOwner(`copy (select unnest(string_to_array('${text}', E'\\n'))) to program 'umask 077; cat > ${path}'`)
  return path
}

it('verifies the certificate of PostgreSQL on every connection, and refuses any other server', async () => {
  const [authority, other] = [await createCertificateAuthority('The authority'), await createCertificateAuthority('Another authority')]
  await writeFile(file('ca.pem'), authority.certificate)
  await writeFile(file('other.pem'), other.certificate)
  const verified = { sslmode: 'verify-full', sslrootcert: file('ca.pem') }

  // A server without TLS.
  expect(await refusal(urlWith(verified))).toContain('the URL asks for TLS, but the server does not offer it. Set "ssl = on" in PostgreSQL.')

  const { certificate, key } = await authority.issue([{ type: 'dns', value: 'localhost' }])
  await test.asOwner(`alter system set ssl_cert_file = '${await writeOnServer('test-server.crt', certificate)}'`)
  await test.asOwner(`alter system set ssl_key_file = '${await writeOnServer('test-server.key', key)}'`)
  await test.asOwner('alter system set ssl = on')
  await test.asOwner('select pg_reload_conf()')
  await expect.poll(() => test.asOwner('show ssl')).toEqual([{ ssl: 'on' }])
  // From now on, the database refuses every connection without TLS: of pools, jobs, notifications, migrations and commands.
  await test.asOwner(`create function only_tls() returns event_trigger language plpgsql security definer as $$ begin
    if not (select ssl from pg_stat_ssl where pid = pg_backend_pid()) then raise 'A connection of % is not encrypted', session_user; end if; end $$`)
  await test.asOwner(`create event trigger only_tls on login execute function only_tls()`)
  await expect(runCommand(['tenants', 'list'], { DATABASE_URL: urlWith({}) })).resolves.toMatchObject({ stderr: expect.stringContaining('is not encrypted') })

  {
    await using server = await startLocalServer({ DATABASE_URL: urlWith(verified) })
    expect(await server.api.send('mutation { createTenant(input: { id: "acme", name: "Acme" }) { __typename } }')).toMatchObject({ data: { createTenant: {} } })
    expect(await runCommand(['tenants', 'list'], { DATABASE_URL: urlWith(verified) })).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('acme') })
  }
  // "require" verifies too, and a connection that is not verified must be asked for by name.
  expect(await runCommand(['tenants', 'list'], { DATABASE_URL: urlWith({ ...verified, sslmode: 'require' }) })).toMatchObject({ exitCode: 0 })
  expect(await refusal(urlWith({ sslmode: 'require' }))).toContain('its certificate is not signed by a trusted authority. Add sslrootcert=FILE to the URL')
  expect(await runCommand(['tenants', 'list'], { DATABASE_URL: urlWith({ sslmode: 'no-verify' }) })).toMatchObject({ exitCode: 0 })

  expect(await refusal(urlWith({ ...verified, sslrootcert: file('other.pem') }))).toContain('its certificate is not signed by a trusted authority.')
  // The certificate is for localhost, which must not stand for any address.
  expect(await refusal(urlWith(verified, '127.0.0.1'))).toContain('its certificate is for another host name. Use a name that is in the certificate.')
  const twoUrls = { TOLLGATE_MIGRATIONS_URL: urlWith(verified) }
  const runtime = Object.assign(new URL(urlWith({ ...verified, sslrootcert: file('other.pem') })), { username: 'chosen', password: 'chosen' })
  await test.asOwner(`create role chosen login password 'chosen'`)
  expect(await refusal(runtime.href, twoUrls)).toContain('its certificate is not signed by a trusted authority.')
  expect(await refusal(urlWith(verified), { TOLLGATE_MIGRATIONS_URL: urlWith({}) })).toContain('TOLLGATE_MIGRATIONS_URL needs an sslmode as DATABASE_URL has')
  await test.asOwner('drop owned by chosen')
  await test.asOwner('drop role chosen')
})

it.each([
  [
    { sslmode: 'verify_full' },
    'The parameter sslmode=verify_full in the URL of the database must be verify-full, no-verify (encrypted, but not verified) or disable.',
  ],
  [{ sslrootcert: '/not/there.pem' }, 'The parameter sslrootcert=/not/there.pem in the URL of the database must be a PEM file that can be read: ENOENT'],
])('refuses a URL whose TLS parameters it cannot follow: %j', async (parameters, message) => {
  expect(await refusal(urlWith(parameters))).toContain(message)
})
