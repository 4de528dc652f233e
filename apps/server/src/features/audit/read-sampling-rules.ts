import type { SamplingRule } from '@tollgate/audit'

/**
 * Reads rules like "chat=10, acme:chat=0": keep one in ten events of the family "chat", and for the tenant "acme" none. Returns
 * undefined for any other text.
 */
export function readSamplingRules(text: string): readonly SamplingRule[] | undefined {
  const rules = text
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '')
    .map((part): SamplingRule | undefined => {
      const [, tenantId, family = '', keepOneIn] = RULE.exec(part) ?? []
      return keepOneIn === undefined ? undefined : { tenantId: tenantId ?? null, family, keepOneIn: Number(keepOneIn) }
    })
  return rules.includes(undefined) ? undefined : rules.filter(rule => rule !== undefined)
}

const RULE = /^(?:([A-Za-z0-9][A-Za-z0-9._-]{0,63}):)?([A-Za-z][A-Za-z0-9_]{0,63})=(\d{1,9})$/
