import { randomBytes } from 'node:crypto'
import { OPERATOR_SCOPE, systemClock, tenantScope } from '@tollgate/kernel'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts'
import type { EncryptedColumn } from './encrypted-column.ts'
import { decryptText, encryptText } from './encrypted-text.ts'
import { readEncryptionKeys } from './encryption-key.ts'
import { openEncryption } from './open-encryption.ts'

const columns: readonly EncryptedColumn[] = [
  { table: 'vault.texts', key: ['tenant_id', 'id'], column: 'secret', type: 'text', context: (tenantId, id) => `texts ${tenantId} ${id}` },
  { table: 'vault.bytes', key: ['id'], column: 'secret', type: 'bytea', context: id => `bytes ${id}` },
]
const newKey = () => readEncryptionKeys(randomBytes(32).toString('base64'))[0] ?? expect.unreachable()
const [first, second, third] = [newKey(), newKey(), newKey()]

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
  await test.asOwner('create schema vault')
  await test.asOwner('create table vault.texts (tenant_id text, id integer, secret text, primary key (tenant_id, id))')
  await test.asOwner('create table vault.bytes (id uuid primary key default gen_random_uuid(), secret bytea not null)')
  await test.asOwner('grant usage on schema vault to tollgate_app')
  await test.asOwner('grant all on all tables in schema vault to tollgate_app')
})
afterAll(() => test.drop())
beforeEach(() => test.asOwner('truncate vault.texts, vault.bytes, tollgate.encryption_keys'))

const open = (...keys: readonly (typeof first)[]) => openEncryption({ database: test.database, clock: systemClock, keys, columns })
const registered = async () => (await test.asOwner<{ id: string }>('select id from tollgate.encryption_keys order by id')).map(({ id }) => id)
const dump = async () =>
  (await test.asOwner<{ row: string }>(`select texts::text as row from vault.texts union all select encode(secret, 'escape') from vault.bytes`))
    .map(({ row }) => row)
    .join('\n')

/** Stores texts and bytes with an encryption. */
async function fill(encryption: Awaited<ReturnType<typeof open>>, count: number) {
  const texts = Array.from({ length: count }, (_, index) => encryptText(encryption, `marked-${index + 1}`, `texts acme ${index + 1}`))
  await test.database.query(OPERATOR_SCOPE, `insert into vault.texts select 'acme', id, text from unnest($1::text[]) with ordinality as text (text, id)`, [
    texts,
  ])
  await test.database.query(OPERATOR_SCOPE, `insert into vault.texts values ('acme', 0, null)`)
  const id = '01900000-0000-7000-8000-000000000000'
  await test.database.query(OPERATOR_SCOPE, 'insert into vault.bytes values ($1, $2)', [id, encryption.encrypt(Buffer.from('marked-bytes'), `bytes ${id}`)])
}

/** Decrypts every value with an encryption. */
async function readAll(encryption: Awaited<ReturnType<typeof open>>) {
  const texts = await test.asOwner<{ id: number; secret: string }>('select id, secret from vault.texts where secret is not null order by id')
  const bytes = await test.asOwner<{ id: string; secret: Buffer }>('select id, secret from vault.bytes')
  return [
    ...texts.map(({ id, secret }) => decryptText(encryption, secret, `texts acme ${id}`)),
    ...bytes.map(({ id, secret }) => Buffer.from(encryption.decrypt(secret, `bytes ${id}`)).toString()),
  ]
}

describe('the encryption of a database', () => {
  it('encrypts what was stored as it is when a key is configured, once', async () => {
    await fill(await open(), 2)
    expect(await dump()).toContain('marked-1')
    const encryption = await open(first)
    expect(await dump()).not.toContain('marked')
    expect(await readAll(encryption)).toEqual(['marked-1', 'marked-2', 'marked-bytes'])
    expect(await registered()).toEqual([first.id])
    const before = await dump()
    await open(first)
    expect(await dump()).toBe(before)
  })

  it('refuses a start without the key in use, or with another one, and changes nothing', async () => {
    await fill(await open(first), 1)
    const before = [await dump(), await registered()]
    await expect(open()).rejects.toThrow(`encrypted with the encryption key ${first.id}, but no key is configured.`)
    await expect(open(second)).rejects.toThrow(`encrypted with the encryption key ${first.id}, but the configured keys are ${second.id}.`)
    expect([await dump(), await registered()]).toEqual(before)
  })

  it('lets only one of two first starts with different keys succeed', async () => {
    const starts = await Promise.allSettled([open(first), open(second)])
    expect(starts.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await registered()).toHaveLength(1)
  })

  it('encrypts everything with the new key in pages, after which the old one is not needed', async () => {
    await fill(await open(first), 1_100)
    const both = await open(second, first)
    expect(await registered()).toEqual([first.id, second.id].toSorted())
    expect((await readAll(both)).length).toBe(1_101) // Readable before the rotation, as it was.
    const progress: (readonly [string, number])[] = []
    expect(await both.rotate(({ table }, encrypted) => progress.push([table, encrypted]))).toBe(1_101)
    expect(progress).toEqual([
      ['vault.texts', 500],
      ['vault.texts', 1_000],
      ['vault.texts', 1_100],
      ['vault.bytes', 1],
    ])
    expect(await registered()).toEqual([second.id])
    expect((await readAll(await open(second))).length).toBe(1_101)
    expect(await both.rotate()).toBe(0)
    await expect(open(first)).rejects.toThrow('Secrets in the database')
  })

  it('continues a rotation that was interrupted', async () => {
    await fill(await open(first), 600)
    const both = await open(second, first)
    const interrupted = both.rotate(() => {
      throw new Error('interrupted')
    })
    await expect(interrupted).rejects.toThrow('interrupted')
    await expect(open(second)).rejects.toThrow(first.id) // Both keys are still needed.
    expect(await (await open(second, first)).rotate()).toBe(101)
    expect((await readAll(await open(second))).length).toBe(601)
  })

  it('leaves a value to the server that changes it during the rotation', async () => {
    await fill(await open(first), 2)
    const both = await open(third, first)
    const changing: typeof test.database = {
      ...test.database,
      async query(scope, statement, values) {
        const rows = await test.database.query<never>(scope, statement, values)
        if (typeof statement === 'string' && statement.includes('select array[tenant_id')) {
          await test.asOwner(`update vault.texts set secret = $1 where id = 1`, [encryptText(both, 'changed', 'texts acme 1')])
        }
        return rows
      },
    }
    const rotating = await openEncryption({ database: changing, clock: systemClock, keys: [third, first], columns })
    expect(await rotating.rotate()).toBe(2)
    expect(await readAll(await open(third))).toEqual(['changed', 'marked-2', 'marked-bytes'])
  })

  it('is visible to operators only', async () => {
    await open(first)
    expect(await test.database.query(tenantScope('acme'), 'select * from tollgate.encryption_keys')).toEqual([])
    await expect(open().then(encryption => encryption.rotate())).rejects.toThrow('no key is configured')
  })
})
