import { hash } from 'node:crypto'
import { OPERATOR_SCOPE, tenantScope } from '@tollgate/kernel'
import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkedEvent, freshTenant, NOON } from '../testing/builders/checked-event.ts'
import { makeAudit } from '../testing/builders/make-audit.ts'
import { describeAuditStore } from '../testing/index.ts'
import { dropArchivedMonth, ensureAuditPartitions, postgresAuditStore } from './index.ts'

describeAuditStore('PostgreSQL', async () => {
  const contract = await createTestDatabase({ poolSize: 12 })
  return { store: postgresAuditStore(contract), close: () => contract.drop() }
})

let test: TestDatabase
const store = () => postgresAuditStore(test)

beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.drop())

const APPEND_ONLY = ['events', 'event_keys', 'personal_data', 'checkpoints']
const TABLES = ['heads', 'kept_checkpoints', 'subject_keys', ...APPEND_ONLY].flatMap(name => [`audit.${name}`, `audit.installation_${name}`])

describe('the tables of logs', () => {
  beforeAll(async () => {
    for (const tenantId of ['acme', 'globex', null]) {
      const audit = makeAudit(store())
      await audit.recordEvents({ tenantId, events: [{ family: 'test', action: 'done', ipAddress: '10.0.0.1' }] })
      await audit.keepCheckpoints({ places: [{ name: 'file', keep: async () => {} }] })
    }
  })

  it('show a tenant its own rows only, and nothing of the installation', async () => {
    for (const table of TABLES) {
      const tenants = async (tenantId: string) => test.database.query<{ tenant_id: string }>(tenantScope(tenantId), `select distinct tenant_id from ${table}`)
      expect(await tenants('acme'), table).toEqual(table.includes('installation') ? [] : [{ tenant_id: 'acme' }])
      expect(await tenants('nobody'), table).toEqual([])
      expect(await test.database.query(tenantScope(''), `select 1 from audit.installation_events`)).toEqual([])
      expect((await test.database.query(OPERATOR_SCOPE, `select 1 from ${table}`)).length, table).toBeGreaterThan(0)
    }
  })

  it('accept no row of another tenant', async () => {
    for (const table of TABLES) {
      const forge = `insert into ${table} select (jsonb_populate_record(row, '{"tenant_id": "globex"}')).* from ${table} as row limit 1`
      if (!table.includes('installation')) await expect(test.database.query(tenantScope('acme'), forge), table).rejects.toThrow(/violates row-level security/)
    }
  })

  it('accept no change and no removal, even from an operator', async () => {
    for (const table of TABLES) {
      for (const statement of [`delete from ${table}`, `truncate ${table}`, `update ${table} set tenant_id = tenant_id`]) {
        if (statement.startsWith('update') && !APPEND_ONLY.some(name => table.endsWith(name) && !table.endsWith(`kept_${name}`))) continue
        await expect(test.database.query(OPERATOR_SCOPE, statement), statement).rejects.toThrow(/permission denied/)
      }
    }
    await expect(test.database.query(OPERATOR_SCOPE, 'select * from audit.events_2026_11')).rejects.toThrow(/permission denied/)
  })

  it('have the tenant first in every key and index', async () => {
    const indexes = await test.asOwner<{ name: string; first: string; row_security: boolean }>(`
      select index.indexrelid::regclass::text as name, attribute.attname as first, relation.relrowsecurity or relation.relispartition as row_security
      from pg_index as index
      join pg_class as relation on relation.oid = index.indrelid
      join pg_attribute as attribute on attribute.attrelid = index.indrelid and attribute.attnum = index.indkey[0]
      where relation.relnamespace = 'audit'::regnamespace`)
    expect(indexes.length).toBeGreaterThan(15)
    expect(indexes.filter(({ first, row_security }) => first !== 'tenant_id' || !row_security)).toEqual([])
  })
})

it('appends while no connection is left for reads', async () => {
  const busy = () => Promise.reject(new Error('All connections are in use'))
  const one = postgresAuditStore({ database: test.database, reads: { ...test.database, query: busy, transaction: busy } })
  const tenantId = freshTenant()
  expect(await one.append({ tenantId, events: [checkedEvent()], now: NOON })).toEqual([{ outcome: 'accepted', sequence: 1 }])
  await expect(one.extent(tenantId)).rejects.toThrow('All connections are in use')
})

describe('an append in a transaction of the caller', () => {
  it('is rolled back with it, and leaves no gap', async () => {
    const tenantId = freshTenant()
    await store().append({ tenantId, events: [checkedEvent()], now: NOON })
    const rolledBack = test.database.transaction(tenantScope(tenantId), async transaction => {
      expect(await store().appendIn(transaction, { tenantId, events: [checkedEvent(), checkedEvent()], now: NOON })).toEqual([
        { outcome: 'accepted', sequence: 2 },
        { outcome: 'accepted', sequence: 3 },
      ])
      throw new Error('The mutation failed')
    })
    await expect(rolledBack).rejects.toThrow('The mutation failed')
    expect(await store().append({ tenantId, events: [checkedEvent()], now: NOON })).toEqual([{ outcome: 'accepted', sequence: 2 }])
    expect(await makeAudit(store()).verify({ tenantId })).toMatchObject({ valid: true, events: 2 })
  })

  it('to several logs continues each, and tells repeats from new events', async () => {
    const [one, other, repeating] = [freshTenant(), freshTenant(), freshTenant()]
    const known = checkedEvent()
    await store().append({ tenantId: other, events: [checkedEvent()], now: NOON })
    await store().append({ tenantId: repeating, events: [known], now: NOON })
    const appends = [
      { tenantId: one, events: [checkedEvent(), checkedEvent()], now: NOON },
      { tenantId: other, events: [checkedEvent()], now: NOON },
      { tenantId: repeating, events: [known, checkedEvent()], now: NOON },
    ]
    const appended = await test.database.transaction(tenantScope(one, other, repeating), transaction => store().appendToLogs(transaction, appends))
    expect(appended.map(log => log.map(({ outcome, sequence }) => `${outcome} ${sequence}`))).toEqual([
      ['accepted 1', 'accepted 2'],
      ['accepted 2'],
      ['duplicate 1', 'accepted 2'],
    ])
    for (const tenantId of [one, other, repeating]) expect(await makeAudit(store()).verify({ tenantId })).toMatchObject({ valid: true, events: 2 })
  })

  it('creates the partition of a month that nobody prepared, also after a rollback', async () => {
    const tenantId = freshTenant()
    const now = NOON.add(NOON.until('2041-05-06T00:00:00Z'))
    const one = store()
    const failing = test.database.transaction(tenantScope(tenantId), async transaction => {
      await one.appendIn(transaction, { tenantId, events: [checkedEvent({}, now)], now })
      // The second one finds the partition, which is gone with the transaction.
      await one.appendIn(transaction, { tenantId, events: [checkedEvent({}, now)], now })
      throw new Error('The mutation failed')
    })
    await expect(failing).rejects.toThrow('The mutation failed')
    await one.append({ tenantId, events: [checkedEvent({}, now)], now })
    expect(await test.asOwner('select sequence::int from audit.events_2041_05')).toEqual([{ sequence: 1 }])
  })

  it('is refused outside the scope of the transaction', async () => {
    const tenantId = freshTenant()
    const foreign = test.database.transaction(tenantScope('someone-else'), transaction =>
      store().appendIn(transaction, { tenantId, events: [checkedEvent()], now: NOON }),
    )
    await expect(foreign).rejects.toThrow(/violates row-level security/)
  })
})

describe('a month', () => {
  const owner = { query: async <Row>(text: string, values?: readonly unknown[]) => test.asOwner<Row>(text, values) }
  const sequencesOf = async (tenantId: string) => (await store().entries(tenantId, { first: 100 })).map(({ sequence }) => sequence)

  it('is removed by the owner only, as a whole, and only if every entry is in an archive', async () => {
    const tenants = [freshTenant(), freshTenant()]
    const audit = makeAudit(store())
    const months = ['2011-03-15T00:00:00Z', '2011-04-15T00:00:00Z']
    for (const time of months) {
      audit.clock.advance(audit.clock.now().until(time))
      for (const tenantId of tenants) await audit.recordEvents({ tenantId, events: [{ family: 'test', action: 'done' }] })
    }
    const files = {
      written: new Map<string, string>(),
      async write(name: string, lines: AsyncIterable<string>) {
        let text = ''
        for await (const line of lines) text += line
        files.written.set(name, hash('sha256', text))
        return hash('sha256', text)
      },
      open: async (name: string) => ({ sha256: files.written.get(name) ?? '', async *lines() {} }),
    }
    const archive = async (tenantId: string, month: string) => audit.archiveMonth({ tenantId, month, files })
    await archive(tenants[0] ?? '', '2011-03-01')
    await expect(dropArchivedMonth(owner, '2011-03-01')).rejects.toThrow(`entries of the tenant ${tenants[1]} are in no archive`)
    await archive(tenants[1] ?? '', '2011-03-01')
    for (const tenantId of tenants) await archive(tenantId, '2011-04-01')
    await expect(dropArchivedMonth(owner, '2011-04-01')).rejects.toThrow('2011-03 comes first')
    await expect(dropArchivedMonth({ query: (text, values) => test.database.query(OPERATOR_SCOPE, text, values) }, '2011-03-01')).rejects.toThrow(
      /permission denied|not owner|denied/,
    )
    for (const tenantId of tenants) expect(await sequencesOf(tenantId)).toEqual([1, 2])

    await dropArchivedMonth(owner, '2011-03-01')
    for (const tenantId of tenants) {
      expect(await sequencesOf(tenantId)).toEqual([2])
      expect((await store().archives(tenantId)).map(({ isDropped }) => isDropped)).toEqual([true, false])
      expect(await audit.verify({ tenantId })).toMatchObject({ valid: true, events: 1, archivedEvents: 1 })
    }
    await expect(test.database.query(OPERATOR_SCOPE, `update audit.archives set dropped_at = now()`)).rejects.toThrow(/permission denied/)
    await expect(test.database.query(OPERATOR_SCOPE, `delete from audit.archives`)).rejects.toThrow(/permission denied/)
  })
})

describe('personal data', () => {
  it('is stored encrypted, and its key cannot be read without the key of the installation', async () => {
    const tenantId = freshTenant()
    const secret = (bytes: Uint8Array) => Uint8Array.from(bytes, byte => byte ^ 0x5a)
    const one = postgresAuditStore({ database: test.database, encryption: { encrypt: secret, decrypt: secret } })
    const events = [checkedEvent({ actor: { kind: 'user', id: 'ana' }, ipAddress: '203.0.113.77', details: { email: 'ana@acme.example' } })]
    await one.append({ tenantId, events, now: NOON })
    const [row] = await test.asOwner<{ all: string }>(
      `select concat(event::text, stored::text, encode(stored.ciphertext, 'escape'), keys::text) as all
       from audit.events as event join audit.personal_data as stored using (tenant_id, sequence) join audit.event_keys as keys using (tenant_id, sequence)
       where tenant_id = $1`,
      [tenantId],
    )
    expect(row?.all).not.toMatch(/203\.0\.113\.77|acme\.example/)
    expect(await one.entries(tenantId, { first: 1 })).toMatchObject([{ personal: { ipAddress: '203.0.113.77', details: { email: 'ana@acme.example' } } }])
    // Another key of the installation reads nothing, and the entry shows that.
    expect(await store().entries(tenantId, { first: 1 })).toMatchObject([{ personal: {} }])
  })

  it('cannot be moved to another entry, and stays readable with a backup of the database only until its key is erased there', async () => {
    const tenantId = freshTenant()
    const audit = makeAudit(store())
    const personal = (ipAddress: string) => ({ family: 'test', action: 'done', actor: { kind: 'user', id: 'ana' }, ipAddress }) as const
    await audit.recordEvents({ tenantId, events: [personal('10.0.0.1'), personal('10.0.0.2')] })
    const exported = async (personalData: 'readable' | 'encrypted') => {
      let text = ''
      for await (const part of audit.export({ tenantId, format: 'jsonl', personalData })) text += part
      return text
    }
    expect(await exported('encrypted')).not.toContain('10.0.0.1')
    expect(await exported('encrypted')).toMatch(/"personalData":"encrypted"[^]*"sealed":\{"key":"[\da-f-]{36}","data":"/)
    expect(await exported('readable')).toMatch(/"personalData":"readable"[^]*10\.0\.0\.1/)
    const swap = `update audit.personal_data set sequence = 3 - sequence + 10 where tenant_id = '${tenantId}'`
    await test.asOwner(swap)
    await test.asOwner(`update audit.personal_data set sequence = sequence - 10 where tenant_id = '${tenantId}'`)
    expect(await audit.verify({ tenantId })).toMatchObject({ valid: false, firstInvalid: { sequence: 1, reason: 'changed' } })

    expect(await audit.eraseSubject({ tenantId, subjectId: 'ana' })).toEqual({ erased: true, sequence: 3 })
    expect(await audit.verify({ tenantId })).toMatchObject({ valid: true, events: 3 })
    expect(await exported('readable')).not.toContain('10.0.0.')
    expect(await test.asOwner(`select 1 from audit.subject_keys where tenant_id = $1 and wrapped_key is not null`, [tenantId])).toEqual([])
    expect((await audit.trail({ tenantId })).items[0]).toMatchObject({
      family: 'security',
      action: 'personalDataErased',
      resource: { type: 'subject', id: 'ana' },
    })
  })
})

describe('partitions', () => {
  it('are prepared from the last month to three months ahead, once', async () => {
    const now = NOON.add(NOON.until('2051-12-31T23:00:00Z'))
    await Promise.all([1, 2, 3].map(() => ensureAuditPartitions(test.database, now)))
    const rows = await test.asOwner<{ name: string }>(`select relname as name from pg_class where relname like 'events_205%' and relkind = 'r' order by 1`)
    expect(rows.map(({ name }) => name)).toEqual(['events_2051_11', 'events_2051_12', 'events_2052_01', 'events_2052_02', 'events_2052_03'])
  })
})

describe('a log that a superuser changed', () => {
  async function tamper(statement: string) {
    const tenantId = freshTenant()
    const audit = makeAudit(store())
    const notes: string[] = []
    for (const month of [0, 1, 2]) {
      await audit.recordEvents({
        tenantId,
        events: Array.from({ length: 5 }, (_, i) => ({
          family: 'test',
          action: 'done',
          idempotencyKey: `${month}-${i}`,
          details: { i },
          ipAddress: '10.0.0.1',
        })),
      })
      notes.push((await audit.checkpoint(tenantId)).note)
      audit.clock.advance({ hours: 24 * 30 })
    }
    expect(await audit.verify({ tenantId, checkpoints: notes })).toMatchObject({ valid: true, events: 15, checkpoints: 6 })
    await test.asOwner(statement.replaceAll('$tenant', `'${tenantId}'`))
    const { firstInvalid } = await audit.verify({ tenantId, checkpoints: notes })
    return `${firstInvalid?.reason} ${firstInvalid?.sequence}`
  }

  it.each([
    { statement: `update audit.events set details = '{"i": 9}' where tenant_id = $tenant and sequence = 7`, found: 'changed 7' },
    {
      statement: `update audit.events set recorded_at = recorded_at + interval '1 microsecond' where tenant_id = $tenant and sequence = 7`,
      found: 'changed 7',
    },
    {
      statement: `update audit.personal_data set ciphertext = set_byte(ciphertext, 20, get_byte(ciphertext, 20) # 1) where tenant_id = $tenant and sequence = 8`,
      found: 'changed 8',
    },
    { statement: `delete from audit.events where tenant_id = $tenant and sequence = 6`, found: 'removed 6' },
    { statement: `delete from audit.events where tenant_id = $tenant and sequence > 12`, found: 'truncated 13' },
    {
      statement: `update audit.events set sequence = case sequence when 3 then 14 else 3 end where tenant_id = $tenant and sequence in (3, 14)`,
      found: 'swapped 3',
    },
    {
      statement: `insert into audit.events select (jsonb_populate_record(row, '{"recorded_at": "2026-11-20T12:00:01Z"}')).* from audit.events as row where tenant_id = $tenant and sequence = 4`,
      found: 'inserted 4',
    },
    {
      statement: `with gone as (delete from audit.events where tenant_id = $tenant), head as (delete from audit.heads where tenant_id = $tenant) delete from audit.checkpoints where tenant_id = $tenant`,
      found: 'truncated 1',
    },
    { statement: `update audit.heads set size = 14 where tenant_id = $tenant`, found: 'inserted 15' },
    { statement: `update audit.checkpoints set note = replace(note, '10', '11') where tenant_id = $tenant and size = 10`, found: 'checkpoint 10' },
  ])('is found: $found', async ({ statement, found }) => {
    expect(await tamper(statement)).toBe(found)
  })
})
