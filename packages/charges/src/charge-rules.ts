import type { Page, PageRequest, Scope } from '@tollgate/kernel'
import type { TimeInput } from '@tollgate/kernel/input'
import type { ChargeRulePart, ChargeRuleRange } from './engine/rules/charge-rule-parts.ts'
import type { ChargeRuleLookup, ChargeRuleSet } from './engine/rules/charge-rules-in-effect.ts'
import type { ChargeRule, ChargeRuleDraft, ChargeRuleKind } from './model/rules/charge-rule.ts'

/** The rules that tenants are charged by. */
export interface ChargeRules {
  /** Publishes a rule or its next version. Throws `InvalidInput` that names the field, and `Forbidden` for a tenant's scope. */
  publish(scope: Scope, draft: ChargeRuleDraft): Promise<ChargeRule>
  /**
   * Withdraws the rule with all its versions, from a time on; by default from now on. `id` is the id of any version. Returns
   * the version that records the withdrawal; undefined for an unknown id. Throws `Forbidden` for a tenant's scope.
   */
  withdraw(scope: Scope, request: { readonly id: string; readonly from?: TimeInput | null | undefined }): Promise<ChargeRule | undefined>
  /** Returns the rules for a tenant at a time, including those that other processes published. */
  inEffect(lookup: ChargeRuleLookup): Promise<ChargeRuleSet>
  /**
   * Returns the rules for a tenant over a range, cut where rules change and where time-based discounts start or end. The
   * parts adjoin and cover the range. Throws `InvalidInput` for more than 1,000 parts.
   */
  partsOf(range: ChargeRuleRange): Promise<readonly ChargeRulePart[]>
  /** Returns versions, latest published first. Throws `Forbidden` for a tenant's scope, and `InvalidInput` for an unknown `after`. */
  list(scope: Scope, query: ChargeRuleQuery): Promise<Page<ChargeRule>>
  /** Returns the versions with these ids. Throws `Forbidden` for a tenant's scope. */
  byIds(scope: Scope, ids: readonly string[]): Promise<readonly ChargeRule[]>
}

/** Which versions to return. `after` is the id of a version. */
export interface ChargeRuleQuery extends PageRequest {
  readonly kind?: ChargeRuleKind
  readonly name?: string
  /** Only rules for this one tenant. */
  readonly tenantId?: string
  /** Only versions in effect at this time. */
  readonly at?: TimeInput
}
