import { Decimal } from '@tollgate/kernel'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { applyCommand } from './apply-command.ts'
import { applyRepeatedly } from './apply-repeatedly.ts'
import { checkPolicy } from '../model/policies/check-policy.ts'
import type { EnforceCommand } from './commands/enforce.ts'
import type { CommandOutcome } from './commands/outcome.ts'
import { counterOf } from '../model/counters/counter.ts'
import type { PolicyDraft } from '../model/policies/policy-draft.ts'
import { newCounter } from './state/counter-state.ts'
import type { QuotaState } from './state/quota-state.ts'

const NOON = Date.UTC(2026, 10, 20, 12)
const HOUR = { fromMs: NOON, toMs: NOON + 3_600_000 }

const quantities = fc.oneof(fc.integer({ min: 0, max: 40 }).map(String), fc.constantFrom('0.1', '0.3', '2.5', '33.3333333333', '99999999999999999999'))

/** One demand, its policy, and the counter before. */
const demands = fc.record({
  metric: fc.constantFrom('requests' as const, 'tokens' as const, 'cost' as const),
  limit: fc.option(quantities),
  enforcement: fc.constantFrom('hard' as const, 'soft' as const),
  alertAt: fc.uniqueArray(fc.constantFrom('1', '33.3', '50', '80', '100', '120')),
  sliding: fc.boolean(),
  amount: quantities,
  used: quantities,
  reserved: quantities,
})

type Asked = typeof demands extends fc.Arbitrary<infer One> ? One : never

function commandOf(asked: readonly Asked[]): EnforceCommand {
  const made = asked.map(({ amount, used: _used, reserved: _reserved, ...terms }, i) => {
    const draft: PolicyDraft = { ...terms, window: 'hour', operation: null }
    const checked = checkPolicy(draft, { id: `policy-${i}`, source: 'plan', setBy: null })
    if ('issues' in checked) throw new Error(JSON.stringify(checked.issues))
    return { request: 0, counter: counterOf('acme', checked.policy, {}, HOUR), policy: checked.policy, amount: new Decimal(amount), atMs: NOON }
  })
  return { kind: 'enforce', tenantId: 'acme', revision: '0.0', nowMs: NOON, demands: made, recalls: true }
}

function stateBefore(asked: readonly Asked[], { demands: made }: EnforceCommand): QuotaState {
  const counters = new Map(
    made.map(({ counter }, i) => {
      const [used, reserved] = [new Decimal(asked[i]?.used ?? 0), new Decimal(asked[i]?.reserved ?? 0)]
      const steps = counter.stepMs === null ? {} : { stepMs: counter.stepMs, steps: new Map([[Math.floor(NOON / counter.stepMs), used]]) }
      return [counter.key, { ...newCounter(), used, reserved, ...steps }]
    }),
  )
  return { revisionOf: () => '0.0', counters, reservations: new Map(), keyedUses: new Map(), alerts: [], recalls: [] }
}

function plainResult(outcomes: readonly CommandOutcome[], { alerts, counters }: QuotaState) {
  return {
    outcomes: outcomes.map(outcome => (outcome.kind === 'decided' ? { allowed: outcome.allowed, outcomes: outcome.outcomes.map(plain) } : outcome)),
    alerts: alerts.map(({ alert }) => ({ policy: alert.policyId, threshold: alert.threshold.toFixed(), used: alert.used.toFixed() })),
    counters: [...counters].map(([key, { used, reserved, steps }]) => ({ key, ...plain({ used, reserved }), steps: [...steps].map(String) })),
  }
}

function plain({ used, reserved, refusal }: { used: Decimal; reserved: Decimal; refusal?: unknown }) {
  return { used: used.toFixed(), reserved: reserved.toFixed(), refusal }
}

it('applyRepeatedly has the outcomes, counters and alerts of applying the command as often with applyCommand', () => {
  fc.assert(
    fc.property(fc.array(demands, { minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 60 }), (asked, times) => {
      const command = commandOf(asked)
      const [atOnce, inTurn] = [stateBefore(asked, command), stateBefore(asked, command)]
      const together = applyRepeatedly(atOnce, command, times)
      const alone = Array.from({ length: times }, () => applyCommand(inTurn, command))
      expect(plainResult(together, atOnce)).toEqual(plainResult(alone, inTurn))
    }),
    { numRuns: 500 },
  )
})
