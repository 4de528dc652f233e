import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import { createAudit, trialAudit } from '@tollgate/audit'
import { postgresAuditStore } from '@tollgate/audit/postgres'
import { randomIds, settableClock, systemClock } from '@tollgate/kernel'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runCommand } from '../kit/command.ts'

let database: TestDatabase
let directory: string

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tollgate-audit-'))
  database = await createTestDatabase()
  await database.asOwner(`insert into accounts.tenants (id, name, created_at, time_zone, currency) values ('acme', 'Acme', now(), 'UTC', 'USD')`)
  const audit = createAudit({
    store: postgresAuditStore(database),
    keys: { installation: 'x', signingKeys: [] },
    clock: systemClock,
    ids: randomIds(),
    randomBytes,
  })
  await audit.recordEvents({ tenantId: 'acme', events: Array.from({ length: 5 }, () => trialAudit.upgraded('acme', 'trial', 'starter').event) })
  await audit.recordEvents({ tenantId: null, events: [{ family: 'key', action: 'created' }] })
})
afterAll(async () => {
  await database?.drop()
  await rm(directory, { recursive: true, force: true })
})

const run = (...args: string[]) =>
  runCommand(['audit', ...args], { DATABASE_URL: database.url, TOLLGATE_DATA_DIR: directory, TOLLGATE_AUDIT_NAME: 'tollgate.example.com' })
const file = async (name: string, text: string | Uint8Array) => {
  await writeFile(join(directory, name), text)
  return join(directory, name)
}

it('signs, proves, exports and verifies audit logs, and finds what a superuser changed', async () => {
  const signed = await run('checkpoint', '--tenant', 'acme')
  expect(signed).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/^tollgate\.example\.com\/audit\/tenants\/acme\n5\n\S{44}\n\n\u2014 tollgate\.example\.com\/audit\/tenants\/acme \S+\n$/),
  })
  const kept = await file('acme.checkpoint', signed.stdout)
  const keyFile = join(directory, 'audit-signing-key.pem')
  expect((await stat(keyFile)).mode & 0o777).toBe(0o600)

  expect(await run('verify')).toMatchObject({
    exitCode: 0,
    stdout: 'installation: intact, 1 event, 0 checkpoints\ntenant acme: intact, 5 events, 1 checkpoint\n',
  })
  expect(await run('verify', '--tenant', 'acme', '--checkpoint', kept)).toMatchObject({ exitCode: 0, stdout: 'tenant acme: intact, 5 events, 2 checkpoints\n' })

  const [key, proof] = [(await run('keys', '--tenant', 'acme')).stdout.trim(), (await run('prove', '3', '--tenant', 'acme')).stdout]
  const checked = await run('check-proof', await file('3.tlog-proof', proof), '--key', key)
  expect(checked).toMatchObject({ exitCode: 0, stderr: 'The event is entry 3 of 5 in the log tollgate.example.com/audit/tenants/acme.\n' })
  expect(JSON.parse(checked.stdout)).toMatchObject({ sequence: 3, family: 'trial', action: 'upgraded' })
  const forged = await file('forged.tlog-proof', proof.replace('index 2', 'index 3'))
  expect(await run('check-proof', forged, '--key', key)).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringContaining('not at index 3') })

  const exported = await file('acme.jsonl', (await run('export', '--tenant', 'acme')).stdout)
  expect(await run('check-export', exported, '--key', key)).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('intact. Its 5 events are in the log'),
  })
  const cut = await file('cut.jsonl.gz', gzipSync((await readFile(exported, 'utf8')).split('\n').slice(0, 4).join('\n')))
  expect(await run('check-export', cut, '--key', key)).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('broken at line 5, sequence 4.') })
  const summary = await run('export', '--tenant', 'acme', '--report', 'audit-report', '--format', 'csv')
  expect(summary.stdout).toBe('event_type,count\r\ntrial.upgraded,5\r\ntotal,5\r\nsuccess,5\r\nfailure,0\r\ndenied,0\r\n')
  expect((await run('export', '--tenant', 'acme', '--format', 'csv', '--from', '2026-01-01')).stdout).toMatch(
    /^sequence,occurred_at,.*\r\n1,\S+,trial\.upgraded,success/,
  )

  // A new key signs together with the old one, whose public key stays in the file when it retires.
  const [old, next] = [await readFile(keyFile, 'utf8'), generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' })]
  await writeFile(keyFile, `${old}${next}`)
  expect((await run('checkpoint', '--tenant', 'acme')).stdout.match(/^\u2014/gm)).toHaveLength(2)
  await writeFile(keyFile, `${createPublicKey(old).export({ format: 'pem', type: 'spki' })}${next}`)
  expect(await run('verify', '--tenant', 'acme')).toMatchObject({ exitCode: 0, stdout: 'tenant acme: intact, 5 events, 2 checkpoints\n' })

  const consistency = await file('acme.consistency', (await run('prove-consistency', '5', '--tenant', 'acme')).stdout)
  expect(await run('check-consistency', consistency, '--old', kept, '--key', key)).toMatchObject({
    exitCode: 0,
    stdout: 'The log tollgate.example.com/audit/tenants/acme has 5 entries now, and its first 5 are still those that the old checkpoint signed.\n',
  })

  await database.asOwner(`update audit.events set actor_id = 'nobody' where tenant_id = 'acme' and sequence = 4`)
  expect(await run('verify')).toMatchObject({
    exitCode: 1,
    stdout: 'installation: intact, 1 event, 0 checkpoints\ntenant acme: broken at sequence 4 (changed). The content of entry 4 does not match its hash.\n',
  })
  // Nothing is left of the log of acme in the database, but its checkpoint is.
  const line = JSON.stringify({ log: 'tollgate.example.com/audit/tenants/acme', checkpoint: signed.stdout })
  const keptFile = await file('kept.jsonl', `${line}\n{"log":"cut o`)
  for (const table of ['events', 'heads', 'checkpoints']) await database.asOwner(`delete from audit.${table}`)
  expect(await run('verify')).toMatchObject({ exitCode: 0, stdout: 'installation: intact, 1 event, 0 checkpoints\n' })
  expect(await run('verify', '--checkpoints', keptFile)).toMatchObject({
    exitCode: 1,
    stdout: expect.stringContaining('tenant acme: broken at sequence 1 (truncated). The log ends after 0 entries, but a signed checkpoint has 5.'),
    stderr: expect.stringContaining('kept.jsonl: line 2 is not a checkpoint.'),
  })
  // Files are those of the directory in which the user has typed the command.
  const here = (...args: string[]) => runCommand(['audit', ...args], { DATABASE_URL: database.url, TOLLGATE_DATA_DIR: directory, INIT_CWD: directory })
  expect(await here('check-proof', '3.tlog-proof', '--key', key)).toMatchObject({ exitCode: 0 })
  expect(await here('check-consistency', 'acme.consistency', '--old', 'acme.checkpoint', '--key', key)).toMatchObject({ exitCode: 0 })
  expect(await here('check-export', 'cut.jsonl.gz', '--key', key)).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('broken at line 5') })
  for (const args of [
    ['check-export', 'none', '--key', key],
    ['check-proof', 'none', '--key', key],
    ['verify', '--checkpoints', 'none'],
  ]) {
    expect(await here(...args)).toEqual({ exitCode: 1, stdout: '', stderr: 'none cannot be read. The file does not exist.\n' })
  }
  expect(await run('checkpoint', '--tenant', 'nobody')).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('nobody') })
})

it('archives old months, removes them from the database, and verifies the log over both', async () => {
  await database.asOwner(`insert into accounts.tenants (id, name, created_at, time_zone, currency) values ('globex', 'Globex', now(), 'UTC', 'USD')`)
  const clock = settableClock('2025-02-27T12:00:00Z')
  const old = createAudit({ store: postgresAuditStore(database), keys: { installation: 'x', signingKeys: [] }, clock, ids: randomIds(), randomBytes })
  for (let i = 0; i < 6; i++) {
    const event = { family: 'test', action: 'done', idempotencyKey: `key-${i}`, actor: { kind: 'user', id: 'ana' }, ipAddress: '203.0.113.7' } as const
    await old.recordEvents({ tenantId: 'globex', events: [event] })
    clock.advance({ hours: 24 })
  }
  const archives = join(directory, 'archives')
  await mkdir(join(archives, 'globex'), { recursive: true })
  await writeFile(join(archives, 'globex', '2025-02.jsonl.gz.part'), 'what an archive that was killed has left')
  expect(await run('archive', '--before', '2099-01', '--directory', archives)).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('12 months stay in the database'),
  })

  expect(await run('archive', '--before', '2025-03', '--directory', archives)).toMatchObject({
    exitCode: 0,
    stderr: expect.stringContaining('2025-02: archived 1 log and removed the month from the database.'),
  })
  expect(await readdir(join(archives, 'globex'))).toEqual(['2025-02.jsonl.gz'])
  expect(await run('archive', '--before', '2025-03', '--directory', archives)).toMatchObject({
    exitCode: 0,
    stderr: expect.stringContaining('Nothing was archived.'),
  })
  for (const table of ['events', 'event_keys', 'personal_data']) {
    const rows = await database.asOwner<{ sequence: number }>(`select sequence::int from audit.${table} where tenant_id = 'globex' order by 1`)
    expect(
      rows.map(({ sequence }) => sequence),
      table,
    ).toEqual([3, 4, 5, 6])
  }
  const verify = (...args: string[]) => run('verify', '--tenant', 'globex', ...args)
  expect(await verify('--archives', archives)).toMatchObject({ exitCode: 0, stdout: 'tenant globex: intact, 6 events, 1 checkpoint, 1 archive\n' })
  expect(await verify()).toMatchObject({
    exitCode: 0,
    stdout: 'tenant globex: intact, 4 events, 1 checkpoint. The 2 events before them are only in archives and were not verified\n',
  })
  const [key = ''] = (await run('keys', '--tenant', 'globex')).stdout.split('\n')
  const archived = join(archives, 'globex', '2025-02.jsonl.gz')
  expect(await run('check-export', archived, '--key', key)).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('intact. Its 2 events') })

  // After an erasure, the archive is as it was, and nobody can read the personal data in it.
  expect(await run('erase', '--tenant', 'globex', '--subject', 'ana')).toMatchObject({ exitCode: 0, stdout: 'Erased. Event 7 of the log records it.\n' })
  expect(gunzipSync(await readFile(archived)).toString()).not.toContain('203.0.113.7')
  expect(await verify('--archives', archives)).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('intact, 7 events') })

  await writeFile(
    archived,
    gzipSync(
      gunzipSync(await readFile(archived))
        .toString()
        .replace('"done"', '"undone"'),
    ),
  )
  expect(await verify('--archives', archives)).toMatchObject({
    exitCode: 1,
    stdout: expect.stringContaining('broken at sequence 1 (archive). The archive globex/2025-02.jsonl.gz was changed.'),
  })
})
