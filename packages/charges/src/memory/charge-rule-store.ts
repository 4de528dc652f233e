import { OperatorOnly } from '@tollgate/pricing'
import type { ChargeRule } from '../model/rules/charge-rule.ts'
import type { ChargeRuleStore } from '../charge-rule-store.ts'

/** Charge rules in this process's memory: for tests, examples, and programs that publish their rules at every start. */
export function memoryChargeRuleStore(): ChargeRuleStore {
  const kept: ChargeRule[] = []
  return {
    version: async () => String(kept.length),
    all: async () => [...kept],
    async add(scope, rule) {
      if (scope.kind !== 'operator') throw new OperatorOnly()
      const version = kept.filter(({ kind, name }) => kind === rule.kind && name === rule.name).length + 1
      const versioned = { ...rule, version }
      kept.push(versioned)
      return versioned
    },
  }
}
