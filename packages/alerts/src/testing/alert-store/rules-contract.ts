import { Decimal, OPERATOR_SCOPE } from '@tollgate/kernel'
import { beforeEach, describe, expect, it } from 'vitest'
import type { AlertStore } from '../../alert-store.ts'
import { defaultRules } from '../../model/default-rules.ts'
import { ERROR_RATE, evaluate, minute, readRule, summarize } from './evaluate.ts'

/** How rules are stored and changed. */
export function rulesContract(make: () => Promise<AlertStore>): void {
  describe('rules', () => {
    let store: AlertStore
    beforeEach(async () => {
      store = await make()
    })

    it('start with their default values', async () => {
      const rules = await store.rules()
      expect(rules).toHaveLength(8)
      expect(JSON.parse(JSON.stringify(rules))).toMatchObject(JSON.parse(JSON.stringify(defaultRules())) as object[])
      expect(rules.every(({ pendingSince }) => pendingSince === null)).toBe(true)
    })

    it('are replaced, with a new revision and the time of the change', async () => {
      const before = await readRule(store, ERROR_RATE)
      const apply = () => ({
        ...before,
        threshold: new Decimal('0.123456789012345678'),
        recoverRatio: new Decimal('0.5'),
        windowMinutes: 30,
        minimumCalls: 7,
        raiseAfter: 4,
        recoverAfter: 5,
        tenantThresholds: [
          { tenantId: 'globex', threshold: new Decimal('0.2') },
          { tenantId: 'Zoë', threshold: new Decimal('0.3') },
        ],
      })
      const changed = await store.changeRule(ERROR_RATE, { at: minute(1), apply })
      const after = await readRule(store, ERROR_RATE)
      expect(after).toMatchObject({ windowMinutes: 30, minimumCalls: 7, raiseAfter: 4, recoverAfter: 5, enabled: true })
      expect([after.threshold, after.recoverRatio, after.changedAt].map(String)).toEqual(['0.123456789012345678', '0.5', '2026-11-20T12:01:00Z'])
      expect(after.tenantThresholds.map(({ tenantId, threshold }) => `${tenantId} ${threshold.toFixed()}`)).toEqual(['Zoë 0.3', 'globex 0.2'])
      expect(after.revision).not.toBe(before.revision)
      expect(changed).toEqual(after)
    })

    it('lose tenant thresholds that the replacement does not have', async () => {
      const threshold = new Decimal('0.2')
      const change = (tenants: readonly string[]) =>
        store.changeRule(ERROR_RATE, { at: minute(1), apply: rule => ({ ...rule, tenantThresholds: tenants.map(tenantId => ({ tenantId, threshold })) }) })
      await change(['acme', 'globex'])
      await change(['globex'])
      expect((await readRule(store, ERROR_RATE)).tenantThresholds.map(({ tenantId }) => tenantId)).toEqual(['globex'])
      expect((await readRule(store, { kind: 'LATENCY_P99', scope: 'TENANT' })).tenantThresholds).toEqual([])
    })

    it('do not exist for combinations without a default', async () => {
      expect(await store.changeRule({ kind: 'VERIFICATION_FAILED', scope: 'TENANT' }, { at: minute(1), apply: rule => rule })).toBeUndefined()
    })

    it('stay as they are if making the replacement throws', async () => {
      const before = await store.rules()
      const apply = () => {
        throw new Error('not valid')
      }
      await expect(store.changeRule(ERROR_RATE, { at: minute(1), apply })).rejects.toThrow('not valid')
      expect(await store.rules()).toEqual(before)
    })

    it('recover their alerts when they are disabled, and forget streaks', async () => {
      const latency = { kind: 'LATENCY_P99', scope: 'TENANT' } as const
      await evaluate(store, minute(1), { acme: '0.5' })
      await evaluate(store, minute(1), { acme: '9000', globex: '9000' }, { ref: latency })
      for (const ref of [ERROR_RATE, latency]) await store.changeRule(ref, { at: minute(2), apply: rule => ({ ...rule, enabled: false }) })
      const events = await store.events(OPERATOR_SCOPE, { first: 10 })
      expect(summarize(events)).toEqual(['RAISED acme 0.5', 'RECOVERED acme -'])
      expect(events[1]).toMatchObject({ alertId: events[0]?.alertId, message: 'Tenant acme: recovered; its rule was disabled.', details: {} })
      expect(events[1]?.occurredAt.toString()).toBe('2026-11-20T12:02:00Z')
      expect(await store.raisedByKind()).toEqual(new Map())
      await store.changeRule(latency, { at: minute(3), apply: rule => ({ ...rule, enabled: true }) })
      expect(await evaluate(store, minute(4), { acme: '9000' }, { ref: latency })).toEqual([])
    })
  })
}
