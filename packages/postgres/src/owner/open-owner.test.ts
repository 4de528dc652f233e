import { OPERATOR_SCOPE, tenantScope } from '@tollgate/kernel'
import { createServer, type Socket } from 'node:net'
import { Client } from 'pg'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import type { DatabaseAccess } from '../database-access.ts'
import { openEntityDatabase } from '../mikro-orm/index.ts'
import { openDatabase } from '../open-database.ts'
import { postgresMigrations } from '../migrations/index.ts'
import { sqlMigration } from '../migrations/sql-migration.ts'
import { APPLICATION_ROLE, grantToApplication, isolateTenants } from '../migrations/tenant-isolation.ts'
import { WrongDatabaseRole } from './connection-role.ts'
import { DatabaseNotOwned, DatabaseRoleMissing, RoleCannotLogIn } from './database-role-missing.ts'
import { MigrationLockTimeout } from './migration-lock.ts'
import { openOwner, type OwnerOptions } from './open-owner.ts'
import { checkPostgresVersion, PostgresTooOld } from './postgres-version.ts'

const NOTES = sqlMigration('notes/0001-notes', [
  'create schema notes',
  `grant usage on schema notes to ${APPLICATION_ROLE}`,
  'create table notes.notes (tenant_id text not null, body text not null)',
  ...isolateTenants('notes.notes'),
  grantToApplication('notes.notes', 'select, insert'),
])
/** Touches rows of every tenant, as migrations of data do. */
const SHOUT = sqlMigration('notes/0002-shout', ['update notes.notes set body = upper(body)'])
const MIGRATIONS = [...postgresMigrations, NOTES]

let count = 0
let admin: Client
let cleanups: (() => Promise<unknown>)[]

beforeEach(async () => {
  cleanups = []
  admin = await connect(inject('postgresUrl'))
})
afterEach(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup()
})

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  cleanups.push(() => client.end().catch(() => {}))
  return client
}

/** Creates a database and its owner, as an administrator would. Returns the URL of the owner, and of the superuser. */
async function createDatabase({ ownerRights = 'createrole' }: { ownerRights?: string } = {}): Promise<{
  name: string
  owner: string
  url: string
  adminUrl: string
}> {
  count += 1
  const name = `metering_${process.pid}_${count}`
  const owner = `${name}_owner`
  await admin.query(`create role ${owner} login ${ownerRights} password 'secret'`)
  await admin.query(`create database ${name} owner ${owner}`)
  cleanups.push(() => admin.query(`drop database ${name} with (force)`))
  const url = Object.assign(new URL(inject('postgresUrl')), { username: owner, password: 'secret', pathname: `/${name}` }).href
  return { name, owner, url, adminUrl: Object.assign(new URL(inject('postgresUrl')), { pathname: `/${name}` }).href }
}

async function migrate(options: OwnerOptions, migrations = MIGRATIONS): Promise<DatabaseAccess> {
  await using owner = await openOwner(options)
  await owner.migrate(migrations)
  return owner.access
}

/** Writes a note of acme as the server, and returns the notes that globex and an operator see. */
async function use(access: DatabaseAccess): Promise<{ globex: unknown[]; operator: unknown[] }> {
  const database = await openDatabase({ ...access, poolSize: 1 })
  try {
    await database.query(tenantScope('acme'), `insert into notes.notes values ('acme', 'ours')`)
    const [globex, operator] = [
      await database.query(tenantScope('globex'), 'select * from notes.notes'),
      await database.query(OPERATOR_SCOPE, 'select * from notes.notes'),
    ]
    return { globex, operator }
  } finally {
    await database.close()
  }
}
const ISOLATED = { globex: [], operator: [{ tenant_id: 'acme', body: 'ours' }] }

describe('an owner who may create roles', () => {
  it('creates a role for the server that is named after the database', async () => {
    const { name, url } = await createDatabase()
    const access = await migrate({ url })
    expect(access.role).toBe(`tollgate_${name}`)
    expect(await use(access)).toEqual(ISOLATED)
  })

  it('may own another database of the same cluster', async () => {
    const [first, second] = [await createDatabase(), await createDatabase()]
    const [a, b] = [await migrate({ url: first.url }), await migrate({ url: second.url })]
    expect(await use(a)).toEqual(ISOLATED)
    expect(await use(b)).toEqual(ISOLATED)
    const stranger = new URL(a.url)
    stranger.pathname = `/${second.name}`
    await expect(use({ ...b, url: stranger.href })).rejects.toThrow(/permission denied for schema notes/)
  })

  it('keeps the role and its password, also when several processes start at once', async () => {
    const { url } = await createDatabase()
    const started = await Promise.all([1, 2, 3].map(() => migrate({ url })))
    expect(new Set(started.map(access => JSON.stringify(access))).size).toBe(1)
    expect(await migrate({ url })).toEqual(started[0])
  })

  it('sets the password again when somebody has changed it', async () => {
    const { url } = await createDatabase()
    const { role } = await migrate({ url })
    await admin.query(`alter role ${role} password 'other' nologin`)
    expect(await use(await migrate({ url }))).toEqual(ISOLATED)
  })

  it('keeps the password out of every statement', async () => {
    const { url, adminUrl } = await createDatabase()
    const access = await migrate({ url })
    const { rows } = await (await connect(adminUrl)).query<{ stored: string }>('select rolpassword as stored from pg_authid where rolname = $1', [access.role])
    expect(rows[0]?.stored).toMatch(/^SCRAM-SHA-256\$4096:/)
    expect(rows[0]?.stored).not.toContain(new URL(access.url).password)
  })

  it('migrates rows of every tenant, although row-level security applies to it', async () => {
    const { url } = await createDatabase()
    await use(await migrate({ url }))
    const access = await migrate({ url }, [...MIGRATIONS, SHOUT])
    const { operator } = await use(access)
    expect(operator).toContainEqual({ tenant_id: 'acme', body: 'OURS' })
  })
})

describe('a database of an older version', () => {
  it('has its rights moved from the role that all databases shared', async () => {
    const { owner, url, adminUrl } = await createDatabase()
    await admin.query(`do $$ begin create role tollgate_app nologin; exception when duplicate_object then null; end $$`)
    const superuser = await connect(adminUrl)
    const client = await connect(url)
    await superuser.query(`grant tollgate_app to ${owner}`)
    for (const statement of [
      'create schema old',
      'grant usage on schema old to tollgate_app',
      'create table old.items (id int, "Odd name" text)',
      'create sequence old.numbers',
      'grant select, insert on old.items to tollgate_app',
      'grant update ("Odd name") on old.items to tollgate_app',
      'grant usage on sequence old.numbers to tollgate_app',
      `create function old.add(a int, b text) returns int language sql return a`,
      'revoke all on function old.add from public',
      'grant execute on function old.add to tollgate_app',
    ]) {
      await client.query(statement)
    }
    const { role } = await migrate({ url })
    const rights = async (grantee: string) => {
      const { rows } = await superuser.query<{ rights: boolean[] }>(
        `select array[has_schema_privilege($1, 'old', 'usage'), has_table_privilege($1, 'old.items', 'select'), has_table_privilege($1, 'old.items', 'insert'),
           has_column_privilege($1, 'old.items', 'Odd name', 'update'), has_sequence_privilege($1, 'old.numbers', 'usage'),
           has_function_privilege($1, 'old.add(int, text)', 'execute'), has_table_privilege($1, 'old.items', 'delete')] as rights`,
        [grantee],
      )
      return rows[0]?.rights
    }
    expect(await rights(role)).toEqual([true, true, true, true, true, true, false])
    expect(await rights('tollgate_app')).toEqual([false, false, false, false, false, false, false])
  })
})

describe('an owner who may not create roles', () => {
  it('fails with the statements for an administrator, after which it works', async () => {
    const { url } = await createDatabase({ ownerRights: 'nocreaterole' })
    const failure = await migrate({ url }).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(DatabaseRoleMissing)
    const { statements, message } = failure as DatabaseRoleMissing
    expect(statements).toEqual([expect.stringMatching(/^create role tollgate_\w+ login password 'SCRAM-SHA-256\$[^']+';$/)])
    expect(message).toContain(statements.join('\n'))
    for (const statement of statements) await admin.query(statement)
    expect(await use(await migrate({ url }))).toEqual(ISOLATED)
  })

  it('works with a role that an administrator created, and whose URL it is given', async () => {
    const { name, url } = await createDatabase({ ownerRights: 'nocreaterole' })
    await admin.query(`create role "${name}-Server" login password 'chosen/by me'`)
    const runtimeUrl = Object.assign(new URL(url), { username: `${name}-Server`, password: 'chosen/by me' }).href
    const access = await migrate({ url, runtimeUrl })
    expect(access).toMatchObject({ role: `${name}-Server`, url: runtimeUrl })
    expect(await use(access)).toEqual(ISOLATED)
  })

  it('fails when that role does not exist, or its password is wrong', async () => {
    const { name, url } = await createDatabase({ ownerRights: 'nocreaterole' })
    const runtimeUrl = Object.assign(new URL(url), { username: `${name}_server`, password: 'wrong' }).href
    const missing = await migrate({ url, runtimeUrl }).catch((error: unknown) => error)
    expect((missing as DatabaseRoleMissing).statements).toEqual([`create role ${name}_server login password 'choose a password';`])
    for (const statement of (missing as DatabaseRoleMissing).statements) await admin.query(statement)
    const rejected = await migrate({ url, runtimeUrl }).catch((error: unknown) => error)
    expect(rejected).toBeInstanceOf(RoleCannotLogIn)
    expect((rejected as Error).message).toContain(`The role "${name}_server" of the server cannot log in`)
    expect((rejected as Error).message).not.toContain('wrong')
  })

  it('may take over from a role that was created for the server, and give it back', async () => {
    const { name, url } = await createDatabase()
    const first = await migrate({ url })
    await admin.query(`create role ${name}_server login password 'chosen'`)
    const runtimeUrl = Object.assign(new URL(url), { username: `${name}_server`, password: 'chosen' }).href
    expect(await use(await migrate({ url, runtimeUrl }))).toEqual(ISOLATED)
    await expect(use(first)).rejects.toThrow(/permission denied/)
    expect(await migrate({ url })).toEqual(first)
    expect((await use(first)).globex).toEqual([])
  })
})

it('rejects a user who may not create schemas', async () => {
  const { name, url } = await createDatabase()
  await admin.query(`create role ${name}_guest login password 'secret'`)
  const guest = Object.assign(new URL(url), { username: `${name}_guest` }).href
  await expect(openOwner({ url: guest })).rejects.toThrow(DatabaseNotOwned)
})

describe('the role of the server', () => {
  it.each([
    { rights: 'superuser', reason: /it is a superuser/ },
    { rights: 'bypassrls', reason: /it bypasses row-level security/ },
    { rights: 'createrole', reason: /it can create roles/ },
    { rights: 'replication', reason: /it can start replication/ },
  ])('is refused on each connection when it has $rights', async ({ rights, reason }) => {
    const { url } = await createDatabase()
    const access = await migrate({ url })
    await admin.query(`alter role ${access.role} ${rights}`)
    await expect(use(access)).rejects.toThrow(reason)
    await expect(use(access)).rejects.toThrow(WrongDatabaseRole)
    await expect(openOwner({ url })).rejects.toThrow(reason)
    await admin.query(`alter role ${access.role} no${rights}`)
    expect(await use(access)).toEqual(ISOLATED)
  })

  it('is refused when it is the owner, can become another role, or owns a table', async () => {
    const { name, url, adminUrl } = await createDatabase()
    const access = await migrate({ url })
    await expect(use({ ...access, url })).rejects.toThrow(/it owns the database/)
    await admin.query(`create role ${name}_boss createrole`)
    await admin.query(`grant ${name}_boss to ${access.role}`)
    await expect(use(access)).rejects.toThrow(`it can become "${name}_boss"`)
    await admin.query(`grant ${name}_boss to ${access.role} with set false`)
    await expect(use(access)).rejects.toThrow(`it has the rights of "${name}_boss"`)
    await admin.query(`drop role ${name}_boss`)
    await admin.query(`grant pg_execute_server_program to ${access.role} with set false`)
    await expect(use(access)).rejects.toThrow('it has the rights of "pg_execute_server_program"')
    await admin.query(`revoke pg_execute_server_program from ${access.role}`)
    const superuser = await connect(adminUrl)
    await superuser.query('create table public.mine (id int)')
    await superuser.query(`alter table public.mine owner to ${access.role}`)
    await expect(use(access)).rejects.toThrow('it owns table mine')
  })

  it('is refused when the session has lowered itself to it, because a statement could undo that', async () => {
    const { owner, url } = await createDatabase()
    const access = await migrate({ url })
    await admin.query(`grant ${access.role} to ${owner} with set true`)
    const lowered = new URL(url)
    lowered.searchParams.set('options', `-c role=${access.role}`)
    await expect(use({ ...access, url: lowered.href })).rejects.toThrow(/the connection logged in as/)
  })

  it('needs no start-up option, which a pooler would drop, and carries the time zone in each transaction', async () => {
    const { url } = await createDatabase()
    const access = await migrate({ url })
    await admin.query(`alter role ${access.role} set timezone = 'Asia/Kolkata'`)
    const database = await openEntityDatabase({ ...access, entities: [], poolSize: 1 })
    expect(await database.query(OPERATOR_SCOPE, `select current_setting('timezone') as zone, '2026-01-01T00:00:00Z'::timestamptz as time`)).toEqual([
      { zone: 'UTC', time: '2026-01-01 00:00:00+00' },
    ])
    const zone = await database.entities(OPERATOR_SCOPE, entities => entities.execute(`select current_setting('timezone') as zone`))
    expect(zone).toEqual([{ zone: 'UTC' }])
    await database.close()
  })
})

describe('the lock of migrations', () => {
  it('reports its holder while it waits, and fails after the time limit', async () => {
    const { url } = await createDatabase()
    await using holder = await openOwner({ url, applicationName: 'server one' })
    expect(holder.access.role).toMatch(/^tollgate_/)
    const failure = await openOwner({ url, timeoutMs: 50 }).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(MigrationLockTimeout)
    expect((failure as Error).message).toMatch(/by "server one" \(process \d+ of PostgreSQL, user \S+ at 127.0.0.1/)
    const waited = Promise.withResolvers<string>()
    const waiting = openOwner({ url, onWait: waited.resolve })
    expect(await waited.promise).toContain('"server one"')
    await holder[Symbol.asyncDispose]()
    await (await waiting)[Symbol.asyncDispose]()
  })

  it('is free again when the connection of its holder is cut, and belongs to no session', async () => {
    const { name, url } = await createDatabase()
    await using killed = await openOwner({ url, applicationName: 'to be killed' })
    expect(killed.access.role).toMatch(/^tollgate_/)
    const { rows } = await admin.query<{ held: number }>(
      `select count(*)::int as held from pg_locks join pg_stat_activity using (pid) where locktype = 'advisory' and datname = $1 and xact_start is null`,
      [name],
    )
    expect(rows).toEqual([{ held: 0 }])
    await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = $1`, [name])
    await using next = await openOwner({ url, timeoutMs: 5_000 })
    expect(next.access.role).toMatch(/^tollgate_/)
  })
})

describe('the version of PostgreSQL', () => {
  it.each(['17.6 (Debian 17.6-1.pgdg13+1)', '16.10', '9.6.24', 'unknown'])('%s is refused', version => {
    expect(() => checkPostgresVersion(version)).toThrow(PostgresTooOld)
  })
  it.each(['18.0', '18.4 (Ubuntu 18.4-1)', '19beta1'])('%s is accepted', version => {
    expect(() => checkPostgresVersion(version)).not.toThrow()
  })

  it('is checked before anything is changed', async () => {
    await using old = await startServerOfVersion('17.6')
    const failure = await openOwner({ url: old.url }).catch((error: unknown) => error)
    expect(failure).toMatchObject({
      code: 'POSTGRES_TOO_OLD',
      message: expect.stringContaining('PostgreSQL 18 or newer is required, and this is PostgreSQL 17.6') as string,
    })
    expect(old.statements).toEqual(['show server_version'])
  })
})

/** Starts a server that speaks as much of PostgreSQL's protocol as tells its version, and records the statements it is sent. */
async function startServerOfVersion(version: string): Promise<{ url: string; statements: string[] } & AsyncDisposable> {
  const statements: string[] = []
  const message = (type: string, body: Buffer) => {
    const length = Buffer.alloc(4)
    length.writeInt32BE(body.length + 4)
    return Buffer.concat([Buffer.from(type), length, body])
  }
  const ready = message('Z', Buffer.from('I'))
  const text = (value: string) => Buffer.from(`${value}\0`)
  const int = (bytes: 2 | 4, value: number) => {
    const buffer = Buffer.alloc(bytes)
    buffer.writeIntBE(value, 0, bytes)
    return buffer
  }
  const row = Buffer.concat([int(2, 1), int(4, version.length), Buffer.from(version)])
  const column = Buffer.concat([int(2, 1), text('server_version'), int(4, 0), int(2, 0), int(4, 25), int(2, -1), int(4, -1), int(2, 0)])
  const sockets = new Set<Socket>()
  const server = createServer(socket => {
    sockets.add(socket)
    socket.once('data', () => {
      socket.write(Buffer.concat([message('R', int(4, 0)), ready]))
      socket.on('data', (data: Buffer) => {
        if (data.toString('latin1', 0, 1) !== 'Q') return
        statements.push(data.toString('utf8', 5, data.length - 1))
        socket.write(Buffer.concat([message('T', column), message('D', row), message('C', text('SHOW')), ready]))
      })
    })
  })
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as { port: number }
  return {
    url: `postgres://owner:secret@127.0.0.1:${port}/metering`,
    statements,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise(closed => server.close(closed))
    },
  }
}
