import type { Scope, Temporal } from '@tollgate/kernel'
import type { ChargeRule, ChargeRuleDraft, ChargeRuleKind } from './model/rules/charge-rule.ts'
import type { ChargeRulePart, ChargeRuleRange } from './engine/rules/charge-rule-parts.ts'
import type { ChargeRuleLookup, ChargeRuleSet } from './engine/rules/charge-rules-in-effect.ts'

/** The rules by which tenants are charged, kept and published. */
export interface ChargeRules {
  /** Publishes a rule, or its next version. Throws `InvalidInput`, naming the field; `OperatorOnly` for a tenant's scope. */
  publish(scope: Scope, draft: ChargeRuleDraft): Promise<ChargeRule>
  /**
   * Withdraws the rule that this version is of, all its versions, from a time on; from now on, where none is given.
   * Answers the version that says so; undefined where there is no version with this id. Throws `OperatorOnly`.
   */
  withdraw(scope: Scope, request: { id: string; from?: Temporal.Instant | null | undefined }): Promise<ChargeRule | undefined>
  /** The rules for a tenant's charge at a time, as published until now, here or in another process. */
  inEffect(lookup: ChargeRuleLookup): Promise<ChargeRuleSet>
  /**
   * The rules for a tenant's charge over a range, cut where what they say changes, and where discounts begin or cease to
   * hold by the time. The parts adjoin and cover the range. Throws `InvalidInput` where there are more than 1,000.
   */
  partsOf(range: ChargeRuleRange): Promise<readonly ChargeRulePart[]>
  /** Versions, the last published first. Throws `OperatorOnly`, and `InvalidInput` where `after` is no version's id. */
  list(scope: Scope, query: ChargeRuleQuery): Promise<ChargeRulePage>
  /** The versions with these ids. Throws `OperatorOnly`. */
  byIds(scope: Scope, ids: readonly string[]): Promise<readonly ChargeRule[]>
}

/** Which versions are meant; all where nothing is given. */
export interface ChargeRuleQuery {
  readonly kind?: ChargeRuleKind
  readonly name?: string
  /** Only those for this tenant alone. */
  readonly tenantId?: string
  /** Only the versions that are in effect then. */
  readonly at?: Temporal.Instant
  readonly first: number
  /** Continues behind the version with this id. */
  readonly after?: string
}

/** Some versions, and whether there are more behind them. */
export interface ChargeRulePage {
  readonly rules: readonly ChargeRule[]
  readonly hasMore: boolean
}
