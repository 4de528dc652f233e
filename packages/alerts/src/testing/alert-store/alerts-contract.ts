import { OPERATOR_SCOPE, tenantScope } from '@tollgate/kernel'
import { beforeEach, describe, expect, it } from 'vitest'
import type { AlertStore, AlertsQuery } from '../../alert-store.ts'
import { evaluate, minute, summarize } from './evaluate.ts'

/** How alerts and events are read. */
export function alertsContract(make: () => Promise<AlertStore>): void {
  describe('alerts and events', () => {
    let store: AlertStore
    beforeEach(async () => {
      store = await make()
    })

    it('are empty at first', async () => {
      expect([await store.alerts(OPERATOR_SCOPE, { first: 10 }), await store.events(OPERATOR_SCOPE, { first: 10 }), await store.lastEvent()]).toEqual([
        [],
        [],
        '0',
      ])
      expect(await store.raisedByKind()).toEqual(new Map())
    })

    it('are listed newest first, by state and kind, page by page', async () => {
      const latency = { kind: 'LATENCY_P99', scope: 'TENANT' } as const
      await evaluate(store, minute(1), { acme: '0.5' })
      for (const number of [2, 3]) await evaluate(store, minute(number), { globex: '9000' }, { ref: latency })
      await evaluate(store, minute(4), { acme: '0.5', initech: '0.5' })
      for (const number of [5, 6, 7]) await evaluate(store, minute(number), { initech: '0.5' })
      const tenants = async (query: Partial<AlertsQuery> = {}) => (await store.alerts(OPERATOR_SCOPE, { first: 10, ...query })).map(({ tenantId }) => tenantId)
      expect(await tenants()).toEqual(['initech', 'globex', 'acme'])
      expect(await tenants({ state: 'RAISED' })).toEqual(['initech', 'globex'])
      expect(await tenants({ state: 'RECOVERED' })).toEqual(['acme'])
      expect(await tenants({ kind: 'LATENCY_P99' })).toEqual(['globex'])
      const [first] = await store.alerts(OPERATOR_SCOPE, { first: 1 })
      expect(await tenants({ after: first?.id, first: 1 })).toEqual(['globex'])
      expect(await store.raisedByKind()).toEqual(
        new Map([
          ['ERROR_RATE', 1],
          ['LATENCY_P99', 1],
        ]),
      )
    })

    it('have cursors in the order in which they became visible, without gaps, also when several rules are evaluated at the same time', async () => {
      const rules = (['ERROR_RATE', 'QUOTA_EXCEEDED', 'COST_ANOMALY'] as const).map(kind => ({ kind, scope: 'TENANT' }) as const)
      const values = Object.fromEntries(Array.from({ length: 20 }, (_, number) => [`tenant-${number}`, '10']))
      const evaluated = await Promise.all(rules.map(ref => evaluate(store, minute(1), values, { ref })))
      const events = await store.events(OPERATOR_SCOPE, { first: 100 })
      expect(events.map(({ cursor }) => Number(cursor))).toEqual(Array.from({ length: 60 }, (_, index) => Number(events[0]?.cursor) + index))
      expect(new Set(evaluated.flat().map(({ cursor }) => cursor))).toEqual(new Set(events.map(({ cursor }) => cursor)))
      expect(await store.lastEvent()).toBe(events.at(-1)?.cursor)
      const rest = await store.events(OPERATOR_SCOPE, { after: events[49]?.cursor, first: 100 })
      expect(rest).toEqual(events.slice(50))
    })

    it('of a tenant are visible to that tenant, and those of the installation to operators only', async () => {
      await evaluate(store, minute(1), { acme: '0.5', globex: '0.6' })
      await evaluate(store, minute(1), { '*': '0.7' }, { ref: { kind: 'ERROR_RATE', scope: 'INSTALLATION' } })
      const all = await store.alerts(OPERATOR_SCOPE, { first: 10 })
      const ids = all.map(({ id }) => id)
      const scopes = { operator: OPERATOR_SCOPE, acme: tenantScope('acme'), both: tenantScope('acme', 'globex'), other: tenantScope('initech') }
      const visible = async (read: (scope: typeof OPERATOR_SCOPE) => Promise<readonly { tenantId: string | null }[]>) =>
        Object.fromEntries(
          await Promise.all(Object.entries(scopes).map(async ([name, scope]) => [name, (await read(scope)).map(({ tenantId }) => tenantId ?? '*').toSorted()])),
        ) as unknown
      const expected = { operator: ['*', 'acme', 'globex'], acme: ['acme'], both: ['acme', 'globex'], other: [] }
      expect(await visible(scope => store.alerts(scope, { first: 10 }))).toEqual(expected)
      expect(await visible(scope => store.alertsByIds(scope, ids))).toEqual(expected)
      expect(await visible(scope => store.events(scope, { first: 10 }))).toEqual(expected)
      expect(summarize(await store.events(tenantScope('globex'), { first: 10 }))).toEqual(['RAISED globex 0.6'])
    })

    it('are found by id, and unknown ids are left out', async () => {
      await evaluate(store, minute(1), { acme: '0.5' })
      const [alert] = await store.alerts(OPERATOR_SCOPE, { first: 1 })
      expect(await store.alertsByIds(OPERATOR_SCOPE, [alert?.id ?? '', '01900000-0000-7000-8000-000000000001'])).toEqual([alert])
      expect(await store.alertsByIds(OPERATOR_SCOPE, [])).toEqual([])
    })
  })
}
