import { canonicalProvider } from '@tollgate/pricing'
import { checkText, InvalidInput, type Issue, Temporal } from '@tollgate/kernel'
import { defineMarkups } from '../../model/markups/markups.ts'
import { defineDiscount } from '../../model/discounts/discount.ts'
import { definePriceModel } from '../../model/price-models/price-model.ts'
import { CHARGE_RULE_KINDS, COUNTED_USAGE, type ChargeRuleDraft, type ChargeRuleTerms } from '../../model/rules/charge-rule.ts'

const MAX_NAME = 100
const MAX_TENANT = 200

/** Where the parts of a draft stand among the fields of what a client wrote, for the paths of issues. */
const PLACES = { markup: '', discount: 'discount.', 'price-model': 'priceModel.' } as const

/**
 * Checks a rule by making it, and answers its terms as they are kept: plain JSON, without what is null. Throws
 * `InvalidInput` that names every field at fault: `discount.conditions.0.from`.
 */
export function checkChargeRule(draft: ChargeRuleDraft): ChargeRuleTerms {
  const issues = [...checkName('name', draft.name, MAX_NAME), ...checkName('tenantId', draft.tenantId, MAX_TENANT)]
  issues.push(...checkName('plan', draft.plan, MAX_NAME))
  const { from, to } = draft
  if (from && to && Temporal.Instant.compare(from, to) >= 0) {
    issues.push({ path: 'to', message: `must be after from (${from.toString()}); intervals are half-open, from <= t < to` })
  }
  if (!CHARGE_RULE_KINDS.includes(draft.terms.kind)) {
    throw new InvalidInput([...issues, { path: 'kind', message: `must be one of ${CHARGE_RULE_KINDS.join(', ')}` }])
  }
  issues.push(...checkTerms(draft.terms))
  if (issues.length > 0) throw new InvalidInput(issues)
  return plainTerms(draft.terms)
}

/** Makes what the terms describe, to see whether it can be made. */
function checkTerms(terms: ChargeRuleTerms): readonly Issue[] {
  try {
    switch (terms.kind) {
      case 'markup': {
        const { kind: _kind, ...markup } = terms
        defineMarkups([{ id: 'checked', ...markup }])
        return []
      }
      case 'discount':
        defineDiscount({ ...terms.discount, id: 'checked' })
        return []
      case 'price-model':
        definePriceModel(terms.priceModel)
        if (terms.counts && !COUNTED_USAGE.includes(terms.counts)) return [{ path: 'counts', message: `must be one of ${COUNTED_USAGE.join(', ')}` }]
        return []
    }
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error
    return error.issues.map(({ path, message }) => ({ path: `${PLACES[terms.kind]}${path.replace(/^markups\.0\.?/, '')}`.replace(/\.$/, ''), message }))
  }
}

/** As JSON keeps it: decimals and times as text, nothing that is null. Providers by the catalogue's name. */
function plainTerms(terms: ChargeRuleTerms): ChargeRuleTerms {
  const plain = JSON.parse(JSON.stringify(terms, (_name, value: unknown) => value ?? undefined)) as ChargeRuleTerms
  return plain.kind === 'markup' && typeof plain.provider === 'string' ? { ...plain, provider: canonicalProvider(plain.provider) } : plain
}

function checkName(path: string, text: string | null | undefined, max: number): readonly Issue[] {
  return text === null || text === undefined ? [] : checkText(path, text, { max, visibleOnly: true })
}
