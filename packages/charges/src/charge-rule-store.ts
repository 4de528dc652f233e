import type { Scope } from '@tollgate/kernel'
import type { ChargeRule } from './model/rules/charge-rule.ts'

/** A version to add. The store assigns its number. */
export type NewChargeRule = Omit<ChargeRule, 'version'>

/**
 * Keeps charge rules. Append-only: versions are never changed. Rules belong to the operator and are few, so they are always
 * read as a whole.
 */
export interface ChargeRuleStore {
  /** Changes with every publication, so that callers can cache the rules. One cheap read. */
  version(): Promise<string>
  /** Returns every version of every rule, in the order of publication. */
  all(): Promise<readonly ChargeRule[]>
  /**
   * Adds a version with the next number of its kind and name. Concurrent versions get different numbers. Throws
   * `Forbidden` for a tenant's scope.
   */
  add(scope: Scope, rule: NewChargeRule): Promise<ChargeRule>
}
