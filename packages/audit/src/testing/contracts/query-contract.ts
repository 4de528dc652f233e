import type { Temporal } from '@tollgate/kernel'
import { beforeAll, describe, expect, it } from 'vitest'
import type { AuditStore } from '../../audit-store.ts'
import type { AuditEventDraft } from '../../model/audit-event.ts'
import type { AuditEventsQuery, AuditPosition } from '../../model/audit-query.ts'
import { checkedEvent, freshTenant, NOON } from '../builders/checked-event.ts'

const minute = (minutes: number) => NOON.add({ minutes })
const RANGE = { from: minute(-60), to: minute(1) }

const DRAFTS: readonly Partial<AuditEventDraft>[] = [
  { family: 'trial', action: 'created', occurredAt: minute(-50), actor: { kind: 'user', id: 'ana' }, resource: { type: 'tenant', id: 'acme' } },
  { family: 'trial', action: 'created', occurredAt: minute(-40), result: 'failure', errorMessage: 'no' },
  { family: 'security', action: 'signingKeyRotated', occurredAt: minute(-40), actor: { kind: 'key', id: 'key_1' } },
  { family: 'key', action: 'created', occurredAt: minute(-60), result: 'denied', resource: { type: 'api_key', id: null } },
  { family: 'key', action: 'revoked', occurredAt: minute(0), resource: { type: 'api_key', id: 'key_1' } },
  { family: 'key', action: 'revoked', occurredAt: minute(1) },
  { family: 'key', action: 'revoked', occurredAt: minute(-61) },
]

/** Reading events, entries and counts. */
export function queryContract(store: () => AuditStore): void {
  describe('queries', () => {
    const tenantId = freshTenant()
    beforeAll(async () => {
      await store().append({ tenantId, events: DRAFTS.map(draft => checkedEvent(draft)), now: NOON })
      await store().append({ tenantId: freshTenant(), events: DRAFTS.map(draft => checkedEvent(draft)), now: NOON })
    })

    const sequencesOf = async (query: Partial<AuditEventsQuery>) => {
      const { items } = await store().events(tenantId, { range: RANGE, select: 'all', first: 100, ...query })
      return items.map(({ sequence }) => sequence)
    }

    it('list the events of a half-open period, newest first', async () => {
      expect(await sequencesOf({})).toEqual([5, 3, 2, 1, 4])
    })

    it.each<{ name: string; query: Partial<AuditEventsQuery>; expected: readonly number[] }>([
      { name: 'failed operations', query: { select: 'failed' }, expected: [2] },
      { name: 'security events', query: { select: 'security' }, expected: [3, 4] },
      { name: 'families', query: { filter: { families: ['trial', 'security'] } }, expected: [3, 2, 1] },
      { name: 'event types', query: { filter: { eventTypes: ['key.created', 'trial.created'] } }, expected: [2, 1, 4] },
      { name: 'actors', query: { filter: { actorIds: ['ana', 'key_1'] } }, expected: [3, 1] },
      { name: 'types of resources', query: { filter: { resourceTypes: ['api_key'] } }, expected: [5, 4] },
      { name: 'resources', query: { filter: { resourceIds: ['key_1', 'acme'] } }, expected: [5, 1] },
      { name: 'results', query: { filter: { results: ['denied', 'failure'] } }, expected: [2, 4] },
      { name: 'several fields together', query: { filter: { families: ['key'], results: ['success'] } }, expected: [5] },
      { name: 'an empty list, which nothing matches', query: { filter: { families: [] } }, expected: [] },
    ])('select $name', async ({ query, expected }) => {
      expect(await sequencesOf(query)).toEqual(expected)
    })

    it.each([1, 2, 3, 5])('return pages of %i without gaps and repeats', async first => {
      const found: number[] = []
      let after: AuditPosition | undefined
      for (let hasMore = true; hasMore;) {
        const page = await store().events(tenantId, { range: RANGE, select: 'all', first, after })
        found.push(...page.items.map(({ sequence }) => sequence))
        after = page.items.at(-1)
        hasMore = page.hasMore
      }
      expect(found).toEqual([5, 3, 2, 1, 4])
    })

    it('count events by type and result', async () => {
      const counts = await store().counts(tenantId, RANGE)
      expect(counts.map(({ family, action, result, count }) => `${family}.${action} ${result} ${count}`).toSorted()).toEqual([
        'key.created denied 1',
        'key.revoked success 1',
        'security.signingKeyRotated success 1',
        'trial.created failure 1',
        'trial.created success 1',
      ])
    })

    it('return entries in the order of the log, after a position and of a period', async () => {
      const [, second] = await store().entries(tenantId, { first: 2 })
      const rest = await store().entries(tenantId, { first: 3, after: second })
      expect(rest.map(({ sequence }) => sequence)).toEqual([3, 4, 5])
      const ofPeriod = await store().entries(tenantId, { first: 10, range: { from: minute(-45), to: minute(0) } })
      expect(ofPeriod.map(({ sequence }) => sequence)).toEqual([2, 3])
    })

    it('return entries by their sequences, and hashes in order', async () => {
      const entries = await store().entries(tenantId, { first: 10 })
      expect(new Set((await store().entriesBySequence(tenantId, [7, 2, 99])).map(({ sequence }) => sequence))).toEqual(new Set([2, 7]))
      expect(await store().hashes(tenantId, { after: 2, first: 3 })).toEqual(entries.slice(2, 5).map(({ hash }) => hash))
    })

    it('find nothing in a log that does not exist', async () => {
      const nobody = freshTenant()
      expect(await store().entries(nobody, { first: 10 })).toEqual([])
      expect(await store().extent(nobody)).toEqual({ head: { size: 0, lastHash: null, frontier: [], lastRecordedAt: null }, lastSequence: 0 })
      expect(await store().lastCheckpoint(nobody)).toBeUndefined()
    })
  })

  describe('checkpoints', () => {
    it('are listed by size, then by time, page by page', async () => {
      const tenantId = freshTenant()
      const checkpoint = (size: number, createdAt: Temporal.Instant) => ({
        size,
        note: `note of ${size}\n`,
        frontier: Array.from({ length: 2 }, () => Uint8Array.from(Buffer.alloc(32, size))),
        lastHash: size === 0 ? null : 'ab'.repeat(32),
        createdAt,
      })
      const all = [checkpoint(0, minute(9)), checkpoint(3, minute(1)), checkpoint(3, minute(2)), checkpoint(10, minute(0))]
      for (const one of [all[3], all[1], all[0], all[2]]) if (one !== undefined) await store().addCheckpoint(tenantId, one)
      expect(await store().lastCheckpoint(tenantId)).toEqual(all[3])
      const { items, hasMore } = await store().checkpoints(tenantId, { first: 3 })
      expect(hasMore).toBe(true)
      expect(items).toEqual(all.slice(0, 3))
      expect(await store().checkpoints(tenantId, { first: 3, after: items[1] })).toEqual({ items: all.slice(2), hasMore: false })
      expect((await store().checkpoints(freshTenant(), { first: 3 })).items).toEqual([])
    })
  })
  describe('checkpoints that are kept outside', () => {
    it('are missing for logs that have grown since', async () => {
      const [acme, globex] = [freshTenant(), freshTenant()]
      const places = [`file of ${acme}`, `webhook of ${acme}`]
      const mark = (place: number, tenantId: string | null, size: number) => store().markKept(tenantId, { place: places[place] ?? '', size, at: NOON })
      const toKeep = async () => {
        const found: (string | null)[] = []
        let after: string | null | undefined
        for (let hasMore = true; hasMore;) {
          const page = await store().logsToKeep({ places, first: 1, after })
          found.push(...page.items)
          after = page.items.at(-1)
          hasMore = page.hasMore
        }
        return found.filter(tenantId => tenantId === null || tenantId === acme || tenantId === globex)
      }
      for (const tenantId of [null, acme, globex]) await store().append({ tenantId, events: [checkedEvent(), checkedEvent()], now: NOON })
      const { size } = (await store().extent(null)).head
      expect(await toKeep()).toEqual([null, acme, globex])

      for (const place of [0, 1])
        for (const [tenantId, of] of [
          [null, size],
          [acme, 2],
          [globex, 2],
        ] as const)
          await mark(place, tenantId, of)
      await mark(0, acme, 1)
      expect(await toKeep()).toEqual([])
      expect(await store().keptSizes(acme)).toEqual(new Map(places.map(place => [place, 2])))

      await store().append({ tenantId: acme, events: [checkedEvent()], now: NOON })
      await mark(0, acme, 3)
      expect(await toKeep()).toEqual([acme])
    })
  })
}
