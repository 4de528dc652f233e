import { Decimal, OPERATOR_SCOPE } from '@tollgate/kernel'
import { beforeEach, describe, expect, it } from 'vitest'
import type { AlertStore } from '../../alert-store.ts'
import { ERROR_RATE, evaluate, evaluationOf, minute, readRule, summarize } from './evaluate.ts'

/** How evaluations change alerts. */
export function evaluationContract(make: () => Promise<AlertStore>): void {
  describe('evaluations', () => {
    let store: AlertStore
    beforeEach(async () => {
      store = await make()
    })

    it('raise alerts, and store what was observed exactly', async () => {
      const details = { calls: 3, first: [{ text: 'Zoë’s "quoted" 100 %', ratio: '0.1' }], nothing: null }
      const observation = { tenantId: 'acme', value: new Decimal('0.059405940594059406'), calls: 30, details, summary: 'many calls failed' }
      const [event] = await evaluate(store, minute(1), {}, { observations: [observation] })
      const [alert] = await store.alerts(OPERATOR_SCOPE, { first: 10 })
      expect(alert).toMatchObject({ ...ERROR_RATE, tenantId: 'acme', recoveredAt: null, message: 'Tenant acme: many calls failed.', details })
      expect([alert?.value, alert?.threshold, alert?.raisedAt].map(String)).toEqual(['0.059405940594059406', '0.05', '2026-11-20T12:01:00Z'])
      expect(event).toMatchObject({ ...ERROR_RATE, type: 'RAISED', alertId: alert?.id, tenantId: 'acme', message: alert?.message, details })
      expect(await store.events(OPERATOR_SCOPE, { first: 10 })).toEqual([event])
    })

    it('happen once for each instant, and never for an earlier one', async () => {
      await evaluate(store, minute(5), { acme: '0.5' })
      for (const at of [minute(5), minute(4)]) {
        expect(await store.evaluate(await evaluationOf(store, at, { globex: '0.5' }))).toEqual({ outcome: 'already_evaluated' })
      }
      expect((await readRule(store, ERROR_RATE)).evaluatedAt?.toString()).toBe('2026-11-20T12:05:00Z')
      expect(await store.raisedByKind()).toEqual(new Map([['ERROR_RATE', 1]]))
    })

    it('happen once when many servers evaluate at the same time', async () => {
      const evaluation = await evaluationOf(store, minute(1), { acme: '0.5' })
      const results = await Promise.all(Array.from({ length: 8 }, () => store.evaluate(evaluation)))
      expect(results.map(({ outcome }) => outcome).toSorted()).toEqual([...Array<string>(7).fill('already_evaluated'), 'evaluated'])
      expect(await store.events(OPERATOR_SCOPE, { first: 10 })).toHaveLength(1)
    })

    it('change nothing if the rule has changed since it was read', async () => {
      const evaluation = await evaluationOf(store, minute(1), { acme: '0.5' })
      await store.changeRule(ERROR_RATE, { at: minute(1), apply: rule => ({ ...rule, windowMinutes: 5 }) })
      expect(await store.evaluate(evaluation)).toEqual({ outcome: 'rule_changed' })
      expect(await store.events(OPERATOR_SCOPE, { first: 10 })).toEqual([])
      expect((await readRule(store, ERROR_RATE)).evaluatedAt).toBeNull()
    })

    it('change nothing if they fail', async () => {
      const newAlertId = () => {
        throw new Error('no ids')
      }
      await expect(evaluate(store, minute(1), { acme: '0.5' }, { newAlertId })).rejects.toThrow('no ids')
      expect([await store.events(OPERATOR_SCOPE, { first: 10 }), await store.alerts(OPERATOR_SCOPE, { first: 10 })]).toEqual([[], []])
      expect(summarize(await evaluate(store, minute(1), { acme: '0.5' }))).toEqual(['RAISED acme 0.5'])
    })

    it('count streaks from one evaluation to the next, separately for each tenant and rule', async () => {
      const latency = { kind: 'LATENCY_P99', scope: 'TENANT' } as const
      expect(await evaluate(store, minute(1), { acme: '9000', globex: '100' }, { ref: latency })).toEqual([])
      expect(summarize(await evaluate(store, minute(2), { acme: '9001', globex: '9000' }, { ref: latency }))).toEqual(['RAISED acme 9001'])
      expect(await evaluate(store, minute(3), { acme: '9000', globex: '100' }, { ref: latency })).toEqual([])
      expect(await evaluate(store, minute(4), { acme: '9000', globex: '9000' }, { ref: latency })).toEqual([])
    })

    it('update the value of a raised alert, keep the last value without data, and recover it', async () => {
      await evaluate(store, minute(1), { acme: '0.5' })
      await evaluate(store, minute(2), { acme: '0.6' })
      const current = async () => {
        const [alert] = await store.alerts(OPERATOR_SCOPE, { first: 1 })
        return [alert?.value.toFixed(), alert?.recoveredAt?.toString() ?? null, alert?.raisedAt.toString()]
      }
      expect(await current()).toEqual(['0.6', null, '2026-11-20T12:01:00Z'])
      for (const number of [3, 4]) expect(await evaluate(store, minute(number), {})).toEqual([])
      expect(await current()).toEqual(['0.6', null, '2026-11-20T12:01:00Z'])
      expect(summarize(await evaluate(store, minute(5), { acme: '0.04' }))).toEqual(['RECOVERED acme 0.04'])
      expect(await current()).toEqual(['0.04', '2026-11-20T12:05:00Z', '2026-11-20T12:01:00Z'])
      expect(summarize(await evaluate(store, minute(6), { acme: '0.5' }))).toEqual(['RAISED acme 0.5'])
      expect(await store.alerts(OPERATOR_SCOPE, { first: 10 })).toHaveLength(2)
    })

    it('use the threshold of a tenant that has its own', async () => {
      const tenantThresholds = [{ tenantId: 'globex', threshold: new Decimal('0.7') }]
      await store.changeRule(ERROR_RATE, { at: minute(0), apply: rule => ({ ...rule, tenantThresholds }) })
      expect(summarize(await evaluate(store, minute(1), { acme: '0.6', globex: '0.6' }))).toEqual(['RAISED acme 0.6'])
    })

    it('that are interim raise an alert once, and leave the instant and the start as they were', async () => {
      const verification = { kind: 'VERIFICATION_FAILED', scope: 'INSTALLATION' } as const
      await store.recordStart(verification, minute(1))
      await store.recordStart(verification, minute(2))
      const values = { '*': '1' }
      expect(summarize(await evaluate(store, minute(3), values, { ref: verification, interim: true }))).toEqual(['RAISED * 1'])
      expect(await evaluate(store, minute(3), values, { ref: verification, interim: true })).toEqual([])
      const pending = await readRule(store, verification)
      expect([pending.evaluatedAt, pending.pendingSince?.toString()]).toEqual([null, '2026-11-20T12:01:00Z'])
      expect(summarize(await evaluate(store, minute(3), { '*': '0' }, { ref: verification }))).toEqual(['RECOVERED * 0'])
      expect((await readRule(store, verification)).pendingSince).toBeNull()
    })

    it('are no longer pending once the rule is disabled', async () => {
      const verification = { kind: 'VERIFICATION_FAILED', scope: 'INSTALLATION' } as const
      await store.recordStart(verification, minute(1))
      await store.changeRule(verification, { at: minute(2), apply: rule => ({ ...rule, threshold: new Decimal(1) }) })
      expect((await readRule(store, verification)).pendingSince?.toString()).toBe('2026-11-20T12:01:00Z')
      await store.changeRule(verification, { at: minute(2), apply: rule => ({ ...rule, enabled: false }) })
      expect((await readRule(store, verification)).pendingSince).toBeNull()
    })
  })
}
