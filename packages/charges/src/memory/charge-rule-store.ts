import { Forbidden } from '@tollgate/kernel'
import type { ChargeRuleStore } from '../charge-rule-store.ts'
import type { ChargeRule } from '../model/rules/charge-rule.ts'

/** Keeps charge rules in memory: for tests, examples, and programs that publish their rules when they start. */
export function memoryChargeRuleStore(): ChargeRuleStore {
  const kept: ChargeRule[] = []
  return {
    version: async () => String(kept.length),
    all: async () => [...kept],
    async add(scope, rule) {
      if (scope.kind !== 'operator') throw new Forbidden('Only an operator may publish charge rules; use an operator key.')
      const version = kept.filter(({ kind, name }) => kind === rule.kind && name === rule.name).length + 1
      const versioned = { ...rule, version }
      kept.push(versioned)
      return versioned
    },
  }
}
