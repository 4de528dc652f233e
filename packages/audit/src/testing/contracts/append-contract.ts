import { describe, expect, it } from 'vitest'
import type { AuditStore } from '../../audit-store.ts'
import { fitsAt } from '../../engine/diagnose-place.ts'
import { walkLog } from '../../engine/walk-log.ts'
import type { AuditEventDraft } from '../../model/audit-event.ts'
import { EMPTY_HEAD } from '../../model/log-head.ts'
import { checkedEvent, freshTenant, NOON } from '../builders/checked-event.ts'

/** An event with a value for each field. */
export const FULL: AuditEventDraft = {
  idempotencyKey: 'key-1',
  occurredAt: NOON.subtract({ hours: 1, microseconds: 1 }),
  family: 'tenant',
  action: 'updated',
  actor: { kind: 'user', id: 'user-1' },
  resource: { type: 'tenant', id: 'acme' },
  result: 'failure',
  errorMessage: 'It did not work: "é", 漢字, 😀.',
  requestId: 'request-1',
  reportedBy: 'key_1',
  ipAddress: '2001:db8::1',
  userAgent: 'Mozilla/5.0',
  details: {
    number: 1.5,
    huge: 1e300,
    small: 5e-324,
    negative: -3,
    text: 'a "b" \n',
    list: [1, null, true, []],
    nested: { z: 1, a: { b: 2 } },
    ['__proto__']: 1,
  },
  personalDetails: { email: 'a@example.com' },
  before: { plan: 'trial', firstName: 'Ana' },
  after: { plan: 'starter', contacts: [{ email: 'ana@example.com' }] },
}

/** Appending events. */
export function appendContract(store: () => AuditStore): void {
  const entriesOf = (tenantId: string | null) => store().entries(tenantId, { first: 1_000 })

  describe('append', () => {
    it('returns entries as they were recorded, so that their hashes verify', async () => {
      const tenantId = freshTenant()
      const event = checkedEvent(FULL)
      expect(await store().append({ tenantId, events: [event], now: NOON })).toEqual([{ outcome: 'accepted', sequence: 1 }])
      const [entry] = await entriesOf(tenantId)
      const { occurredAtSent, payloadHash, subjectId, ...content } = event
      expect(entry).toEqual({ ...content, tenantId, sequence: 1, recordedAt: NOON, previousHash: null, hash: entry?.hash, sealed: entry?.sealed })
      expect(entry !== undefined && fitsAt(entry, { tenantId, sequence: 1, previousHash: null })).toBe(true)
    })

    it('numbers entries without gaps, over batches and concurrent callers', async () => {
      const tenantId = freshTenant()
      const batches = Array.from({ length: 12 }, (_, i) => Array.from({ length: (i % 4) + 1 }, () => checkedEvent({ ipAddress: '10.0.0.1' })))
      const outcomes = await Promise.all(batches.map(events => store().append({ tenantId, events, now: NOON })))
      const sequences = outcomes.flat().map(({ sequence }) => sequence)
      expect(sequences.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1))

      const walk = walkLog(tenantId, EMPTY_HEAD, [])
      for (const entry of await entriesOf(tenantId)) {
        expect(walk.fits(entry)).toBe(true)
        expect(walk.add(entry)).toBeUndefined()
      }
      expect(walk.size).toBe(30)
      expect(walk.end(await store().extent(tenantId))).toBeUndefined()
    })

    it('records a key once, and compares repeats with the first event', async () => {
      const tenantId = freshTenant()
      const append = async (...drafts: Partial<AuditEventDraft>[]) => {
        const appended = await store().append({ tenantId, events: drafts.map(draft => checkedEvent({ idempotencyKey: 'key-1', ...draft })), now: NOON })
        return appended.map(({ outcome, sequence }) => `${outcome} ${sequence}`)
      }
      const first = { ipAddress: '10.0.0.1', details: { a: 1, b: 2 } }
      expect(await append(first, first, { ...first, details: { b: 2, a: 2 } })).toEqual(['accepted 1', 'duplicate 1', 'conflict 1'])
      expect(await append({ ipAddress: '10.0.0.1', details: { b: 2, a: 1 } })).toEqual(['duplicate 1'])
      expect(await append({ ...first, ipAddress: '10.0.0.2' }, { details: first.details }, { ...first, action: 'undone' })).toEqual([
        'conflict 1',
        'conflict 1',
        'conflict 1',
      ])
      expect(await append({ ...first, occurredAt: NOON })).toEqual(['duplicate 1'])
      expect(
        await append({ ...first, idempotencyKey: 'key-2', occurredAt: NOON }, { ...first, idempotencyKey: 'key-2', occurredAt: NOON.subtract({ seconds: 1 }) }),
      ).toEqual(['accepted 2', 'conflict 2'])
      expect(await entriesOf(tenantId)).toHaveLength(2)
    })

    it('records a key of concurrent callers once', async () => {
      const tenantId = freshTenant()
      const event = checkedEvent({ idempotencyKey: 'key-1' })
      const outcomes = await Promise.all(Array.from({ length: 8 }, () => store().append({ tenantId, events: [event, checkedEvent()], now: NOON })))
      expect(outcomes.filter(([first]) => first?.outcome === 'accepted')).toHaveLength(1)
      expect(outcomes.filter(([first]) => first?.outcome === 'duplicate')).toHaveLength(7)
      expect(new Set(outcomes.map(([first]) => first?.sequence)).size).toBe(1)
      expect(await entriesOf(tenantId)).toHaveLength(9)
    })

    it('never lets the time of the log go back', async () => {
      const tenantId = freshTenant()
      for (const now of [NOON, NOON.subtract({ hours: 1 }), NOON.add({ seconds: 1 })]) await store().append({ tenantId, events: [checkedEvent()], now })
      const entries = await entriesOf(tenantId)
      expect(entries.map(({ recordedAt }) => recordedAt.toString())).toEqual(['2026-11-20T12:00:00Z', '2026-11-20T12:00:00Z', '2026-11-20T12:00:01Z'])
    })

    it('erases the personal data of a subject from one log, and records that', async () => {
      const [acme, globex] = [freshTenant(), freshTenant()]
      const draft = (id: string, more: Partial<AuditEventDraft> = {}) => checkedEvent({ actor: { kind: 'user', id }, ipAddress: '10.0.0.1', ...more })
      for (const tenantId of [acme, globex]) {
        const events = [draft('ana', { idempotencyKey: 'first' }), draft('ben'), draft('ben', { subjectId: 'ana' }), checkedEvent()]
        await store().append({ tenantId, events, now: NOON })
      }
      const addresses = async (tenantId: string) => (await entriesOf(tenantId)).map(({ personal }) => personal?.ipAddress)
      const erase = async () => store().eraseSubject({ tenantId: acme, subjectId: 'ana', event: checkedEvent({ action: 'erased' }), now: NOON })
      expect(await erase()).toEqual({ keys: 1, appended: { outcome: 'accepted', sequence: 5 } })
      expect(await addresses(acme)).toEqual([undefined, '10.0.0.1', undefined, undefined, undefined])
      expect(await addresses(globex)).toEqual(['10.0.0.1', '10.0.0.1', '10.0.0.1', undefined])
      expect(await erase()).toMatchObject({ keys: 0 })

      // A repeat is compared without what was erased, and new data of the subject gets a new key.
      expect(await store().append({ tenantId: acme, events: [draft('ana', { idempotencyKey: 'first', ipAddress: '6.6.6.6' })], now: NOON })).toMatchObject([
        { outcome: 'duplicate', sequence: 1 },
      ])
      await store().append({ tenantId: acme, events: [draft('ana')], now: NOON })
      expect((await addresses(acme)).at(-1)).toBe('10.0.0.1')
      const walk = walkLog(acme, EMPTY_HEAD, [])
      for (const entry of await entriesOf(acme)) expect(walk.fits(entry) && walk.add(entry)).toBeUndefined()
    })

    it('keeps the logs of tenants and of the installation apart', async () => {
      const [acme, globex] = [freshTenant(), freshTenant()]
      const { size } = (await store().extent(null)).head
      const key = `shared-${acme}`
      for (const tenantId of [acme, globex, null]) await store().append({ tenantId, events: [checkedEvent({ idempotencyKey: key })], now: NOON })
      expect((await entriesOf(acme)).map(({ tenantId, sequence }) => [tenantId, sequence])).toEqual([[acme, 1]])
      expect((await entriesOf(globex)).map(({ tenantId, sequence }) => [tenantId, sequence])).toEqual([[globex, 1]])
      expect((await store().extent(null)).head.size).toBe(size + 1)
      expect(await store().entriesBySequence(null, [size + 1])).toMatchObject([{ tenantId: null, idempotencyKey: key }])
      expect((await store().tenants({ first: 1_000 })).items).toEqual(expect.arrayContaining([acme, globex]))
    })

    it('accepts events of any month', async () => {
      const tenantId = freshTenant()
      for (const time of ['2021-02-28T23:59:59.999999Z', '2021-03-01T00:00:00Z', '2031-12-31T12:00:00Z']) {
        const now = NOON.add(NOON.until(time))
        await store().append({ tenantId, events: [checkedEvent({}, now)], now })
      }
      expect(await entriesOf(tenantId)).toHaveLength(3)
      expect((await store().extent(tenantId)).lastSequence).toBe(3)
    })
  })
}
