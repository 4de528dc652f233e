import type { Scope } from '@tollgate/kernel'
import type { ChargeRule } from './model/rules/charge-rule.ts'

/** A version to be kept; the store counts it. */
export type NewChargeRule = Omit<ChargeRule, 'version'>

/**
 * Keeps charge rules. Append-only: what was published stays as it is. The rules are the operator's; a tenant sees what
 * they come to in explanations of its own charges. There are as many as an operator writes, so they are read as a whole.
 */
export interface ChargeRuleStore {
  /** Grows with every publication: whoever holds rules in memory asks this before using them. One cheap read. */
  version(): Promise<string>
  /** Every version of every rule, in the order of publication. */
  all(): Promise<readonly ChargeRule[]>
  /**
   * Adds a version, and gives it the next number of its kind and name: of many at once, each gets its own. Throws
   * `OperatorOnly` for a tenant's scope.
   */
  add(scope: Scope, rule: NewChargeRule): Promise<ChargeRule>
}
