import { canonicalProvider } from '@tollgate/pricing'
import { checkShape, inputShape, readTimeAt } from '@tollgate/kernel/input'
import { checkText, InvalidInput, type Issue, Temporal } from '@tollgate/kernel'
import { defineMarkups } from '../../model/markups/markups.ts'
import { defineDiscount } from '../../model/discounts/discount.ts'
import { definePriceModel } from '../../model/price-models/price-model.ts'
import { CHARGE_RULE_KINDS, COUNTED_USAGE, type ChargeRuleDraft, type ChargeRuleTerms } from '../../model/rules/charge-rule.ts'

const MAX_NAME = 100
const MAX_TENANT = 200

/** Prefix of the paths of issues, by kind of rule. */
const PATH_PREFIXES = { markup: '', discount: 'discount.', 'price-model': 'priceModel.' } as const

const DRAFT = inputShape<ChargeRuleDraft>({ name: 'text', tenantId: 'text?', plan: 'text?', from: 'time?', to: 'time?', terms: 'object' })

/** A draft that was checked. Its times are null if it has none. */
export interface CheckedChargeRule {
  readonly name: string
  readonly tenantId: string | null
  readonly plan: string | null
  readonly from: Temporal.Instant | null
  readonly to: Temporal.Instant | null
  readonly terms: ChargeRuleTerms
}

/**
 * Checks a rule, and returns it with its terms as stored: plain JSON without nulls. Throws `InvalidInput` that names every invalid
 * field, such as `discount.conditions.0.from`.
 */
export function readChargeRule(draft: ChargeRuleDraft): CheckedChargeRule {
  checkShape(DRAFT, draft)
  const issues: Issue[] = [...checkName('name', draft.name, MAX_NAME), ...checkName('tenantId', draft.tenantId, MAX_TENANT)]
  issues.push(...checkName('plan', draft.plan, MAX_NAME))
  const from = readTimeAt('from', draft.from, issues)
  const to = readTimeAt('to', draft.to, issues)
  if (from && to && Temporal.Instant.compare(from, to) >= 0) {
    issues.push({ path: 'to', message: `must be after from, which is ${from.toString()}` })
  }
  if (!CHARGE_RULE_KINDS.includes(draft.terms.kind)) {
    throw new InvalidInput([...issues, { path: 'kind', message: `must be one of ${CHARGE_RULE_KINDS.join(', ')}` }])
  }
  issues.push(...checkTerms(draft.terms))
  if (issues.length > 0) throw new InvalidInput(issues)
  const { name, tenantId = null, plan = null } = draft
  return { name, tenantId, plan, from, to, terms: plainTerms(draft.terms) }
}

/** Checks a rule, and returns its terms as stored. Throws `InvalidInput`, as `readChargeRule` does. */
export function checkChargeRule(draft: ChargeRuleDraft): ChargeRuleTerms {
  return readChargeRule(draft).terms
}

/** Returns the issues of terms. Builds the markup, discount or price model from them, which checks them. */
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
    return error.issues.map(({ path, message }) => ({ path: `${PATH_PREFIXES[terms.kind]}${path.replace(/^markups\.0\.?/, '')}`.replace(/\.$/, ''), message }))
  }
}

/** Returns terms as JSON: decimals and times as strings, no nulls, and providers by their catalogue name. */
function plainTerms(terms: ChargeRuleTerms): ChargeRuleTerms {
  const plain = JSON.parse(JSON.stringify(terms, (_name, value: unknown) => value ?? undefined)) as ChargeRuleTerms
  return plain.kind === 'markup' && typeof plain.provider === 'string' ? { ...plain, provider: canonicalProvider(plain.provider) } : plain
}

function checkName(path: string, text: string | null | undefined, max: number): readonly Issue[] {
  return text === null || text === undefined ? [] : checkText(path, text, { max, visibleOnly: true })
}
