import { checkShape, inputShape, optionalTime } from '@tollgate/kernel/input'
import { checkPageSize, Forbidden, type IdSource, InvalidInput, type Scope, singleFlight, type TenantClock, toMicrosecond } from '@tollgate/kernel'
import type { ChargeRuleStore } from './charge-rule-store.ts'
import type { ChargeRuleQuery, ChargeRules } from './charge-rules.ts'
import { chargeRuleParts } from './engine/rules/charge-rule-parts.ts'
import { chargeRulesFor, chargeRulesInEffect } from './engine/rules/charge-rules-in-effect.ts'
import { readChargeRule } from './engine/rules/check-charge-rule.ts'
import type { ChargeRule } from './model/rules/charge-rule.ts'

/** Dependencies of `createChargeRules`. */
export interface ChargeRulesDependencies {
  readonly store: ChargeRuleStore
  readonly clock: TenantClock
  readonly ids: IdSource
}

const PAGE_SIZE = { default: 20, max: 1_000 }

const OPTIONS = inputShape<ChargeRulesDependencies>({ store: 'object', clock: 'object', ids: 'object' })
const WITHDRAWAL = inputShape<Parameters<ChargeRules['withdraw']>[1]>({ id: 'text', from: 'time?' })
const QUERY = inputShape<ChargeRuleQuery>({ kind: 'text?', name: 'text?', tenantId: 'text?', at: 'time?', first: 'number?', after: 'text?' })

/**
 * Creates the service for charge rules. It caches rules until the store's version changes. Throws `InvalidInput` for options that it does
 * not have, or that are missing.
 */
export function createChargeRules(options: ChargeRulesDependencies): ChargeRules {
  checkShape(OPTIONS, options)
  const { store, clock, ids } = options
  const rules = singleFlight(cachedRules(store))
  const nextVersion = () => {
    const now = clock.now(null)
    return { id: ids.uuidV7(now.epochMilliseconds), publishedAt: toMicrosecond(now) }
  }
  return {
    async publish(scope, draft) {
      requireOperator(scope)
      const { name, tenantId, plan, from, to, terms } = readChargeRule(draft)
      const { id, publishedAt } = nextVersion()
      const interval = { from: from ? toMicrosecond(from) : publishedAt, to: to ? toMicrosecond(to) : null }
      checkOrder(interval)
      return store.add(scope, { id, kind: terms.kind, name, tenantId, plan, ...interval, terms, publishedAt })
    },

    async withdraw(scope, request) {
      requireOperator(scope)
      checkShape(WITHDRAWAL, request)
      const { id } = request
      const from = optionalTime('from', request.from)
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
      checkShape(QUERY, query)
      const at = optionalTime('at', query.at)
      const first = checkPageSize(query.first, PAGE_SIZE)
      const all = await rules()
      const earlier = query.after === undefined ? all : all.slice(0, positionOf(all, query.after))
      // Over all versions: one of an earlier page can replace one of this page.
      const inEffect = at && new Set(chargeRulesInEffect(all, at).map(({ id }) => id))
      const found = earlier.filter(rule => matches(rule, query) && (inEffect?.has(rule.id) ?? true)).toReversed()
      return { items: found.slice(0, first), hasMore: found.length > first }
    },

    async byIds(scope, requested) {
      requireOperator(scope)
      const wanted = new Set(requested)
      return (await rules()).filter(({ id }) => wanted.has(id))
    },
  }
}

function cachedRules(store: ChargeRuleStore): () => Promise<readonly ChargeRule[]> {
  let cached: { version: string; rules: readonly ChargeRule[] } | undefined
  return async () => {
    // Read the version first: a rule published in between is already in `all`, and the next call reads once more.
    const version = await store.version()
    if (cached?.version !== version) cached = { version, rules: await store.all() }
    return cached.rules
  }
}

function requireOperator(scope: Scope): void {
  if (scope.kind !== 'operator') throw new Forbidden('Only an operator may read and publish charge rules; use an operator key.')
}

function checkOrder({ from, to }: Pick<ChargeRule, 'from' | 'to'>): void {
  if (to === null || to.epochNanoseconds > from.epochNanoseconds) return
  throw new InvalidInput([{ path: 'to', message: `must be after from, which is ${from.toString()}` }])
}

function positionOf(rules: readonly ChargeRule[], id: string): number {
  const position = rules.findIndex(rule => rule.id === id)
  if (position === -1) throw new InvalidInput([{ path: 'after', message: 'is not the id of a charge rule' }])
  return position
}

function matches(rule: ChargeRule, { kind, name, tenantId }: ChargeRuleQuery): boolean {
  return (kind === undefined || rule.kind === kind) && (name === undefined || rule.name === name) && (tenantId === undefined || rule.tenantId === tenantId)
}
