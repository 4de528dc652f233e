import { OperatorOnly } from '@tollgate/pricing'
import { type Clock, type IdSource, InvalidInput, type Scope, singleFlight, toMicrosecond } from '@tollgate/kernel'
import type { ChargeRule } from './model/rules/charge-rule.ts'
import type { ChargeRuleStore } from './charge-rule-store.ts'
import type { ChargeRuleQuery, ChargeRules } from './charge-rules.ts'
import { chargeRuleParts } from './engine/rules/charge-rule-parts.ts'
import { chargeRulesFor, chargeRulesInEffect } from './engine/rules/charge-rules-in-effect.ts'
import { checkChargeRule } from './engine/rules/check-charge-rule.ts'

/** What charge rules are made of. */
export interface ChargeRulesDependencies {
  readonly store: ChargeRuleStore
  readonly clock: Clock
  readonly ids: IdSource
}

const MAX_PAGE = 1000

/** Keeps charge rules in a store. What was read is remembered until something is published, here or elsewhere. */
export function createChargeRules({ store, clock, ids }: ChargeRulesDependencies): ChargeRules {
  const rules = singleFlight(latestRules(store))
  const nextVersion = () => {
    const now = clock.now()
    return { id: ids.uuidV7(now.epochMilliseconds), publishedAt: toMicrosecond(now) }
  }
  return {
    async publish(scope, draft) {
      requireOperator(scope)
      const terms = checkChargeRule(draft)
      const { id, publishedAt } = nextVersion()
      const { name, tenantId = null, plan = null, from, to } = draft
      const interval = { from: from ? toMicrosecond(from) : publishedAt, to: to ? toMicrosecond(to) : null }
      requireOrder(interval)
      return store.add(scope, { id, kind: terms.kind, name, tenantId, plan, ...interval, terms, publishedAt })
    },

    async withdraw(scope, { id, from }) {
      requireOperator(scope)
      const rule = (await rules()).find(version => version.id === id)
      if (rule === undefined) return undefined
      const withdrawal = nextVersion()
      const { kind, name, tenantId, plan } = rule
      return store.add(scope, { ...withdrawal, kind, name, tenantId, plan, from: from ? toMicrosecond(from) : withdrawal.publishedAt, to: null, terms: null })
    },

    inEffect: async lookup => chargeRulesFor(await rules(), lookup),

    partsOf: async range => chargeRuleParts(await rules(), range),

    async list(scope, query) {
      requireOperator(scope)
      const { first, after } = query
      if (!Number.isInteger(first) || first < 1 || first > MAX_PAGE) {
        throw new InvalidInput([{ path: 'first', message: `must be a whole number from 1 to ${MAX_PAGE}, not ${first}` }])
      }
      const all = await rules()
      const behind = after === undefined ? all : all.slice(0, positionOf(all, after))
      // What is in effect is decided over all versions, also those of pages before.
      const inEffect = query.at && new Set(chargeRulesInEffect(all, query.at).map(({ id }) => id))
      const found = behind.filter(rule => matches(rule, query) && (inEffect?.has(rule.id) ?? true)).toReversed()
      return { rules: found.slice(0, first), hasMore: found.length > first }
    },

    async byIds(scope, wanted) {
      requireOperator(scope)
      const named = new Set(wanted)
      return (await rules()).filter(({ id }) => named.has(id))
    },
  }
}

function latestRules(store: ChargeRuleStore): () => Promise<readonly ChargeRule[]> {
  let latest: { version: string; rules: readonly ChargeRule[] } | undefined
  return async () => {
    // The version is read first: a rule published in between is in `all` already, and found once more by the next call.
    const version = await store.version()
    if (latest?.version !== version) latest = { version, rules: await store.all() }
    return latest.rules
  }
}

function requireOperator(scope: Scope): void {
  if (scope.kind !== 'operator') throw new OperatorOnly()
}

function requireOrder({ from, to }: Pick<ChargeRule, 'from' | 'to'>): void {
  if (to === null || to.epochNanoseconds > from.epochNanoseconds) return
  throw new InvalidInput([{ path: 'to', message: `must be after from (${from.toString()}); intervals are half-open, from <= t < to` }])
}

function positionOf(rules: readonly ChargeRule[], id: string): number {
  const position = rules.findIndex(rule => rule.id === id)
  if (position === -1) throw new InvalidInput([{ path: 'after', message: 'is not the id of a charge rule' }])
  return position
}

function matches(rule: ChargeRule, { kind, name, tenantId }: ChargeRuleQuery): boolean {
  return (kind === undefined || rule.kind === kind) && (name === undefined || rule.name === name) && (tenantId === undefined || rule.tenantId === tenantId)
}
