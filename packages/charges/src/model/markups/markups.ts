import type { Decimal } from '@tollgate/kernel'
import { type Fields, readDraft } from '../drafts/read-draft.ts'
import { type Numeral, RATE_PERCENT } from '../numbers/numeral.ts'

/** Whose charges a markup is for; what is left out is for all. */
export interface MarkupScope {
  readonly tenantId?: string | undefined
  readonly plan?: string | undefined
  /** Provider and model compare in lower case. */
  readonly provider?: string | undefined
  readonly model?: string | undefined
}

/** A percentage on top of a price or cost. */
export interface Markup extends MarkupScope {
  readonly id: string
  readonly percent: Decimal
}

/** A markup, to be defined; 25 is a quarter on top. */
export interface MarkupDraft {
  readonly id: string
  readonly percent: Numeral
  readonly tenantId?: string | null | undefined
  readonly plan?: string | null | undefined
  readonly provider?: string | null | undefined
  readonly model?: string | null | undefined
}

declare const CHECKED: unique symbol

/** Markups among which at most one holds for any charge. Made by `defineMarkups` only; frozen, the most specific first. */
export interface Markups {
  readonly [CHECKED]: true
  readonly mostSpecificFirst: readonly Markup[]
}

/** The more significant first: what is agreed with a tenant goes before its plan, that before any model or provider. */
export const SIGNIFICANCE = ['tenantId', 'plan', 'model', 'provider'] as const

/**
 * Checks markups and makes a set of them. Throws `InvalidInput` where two have one id, or are for the very same: with
 * those refused, the most specific that matches is always one.
 */
export function defineMarkups(drafts: readonly MarkupDraft[]): Markups {
  return readDraft({ markups: drafts }, fields => {
    const markups = fields.list('markups', { min: 0, max: 10_000 }, readMarkup)
    const seen = new Map<string, string>()
    markups.forEach((markup, position) => {
      for (const [field, key] of [['id', markup.id] as const, ['', `for ${JSON.stringify(SIGNIFICANCE.map(name => markup[name] ?? null))}`] as const]) {
        const earlier = seen.get(key)
        if (earlier !== undefined)
          fields.addIssue(`markups.${position}${field && `.${field}`}`, field === 'id' ? 'is given twice' : `is for the same as ${earlier}`)
        seen.set(key, markup.id)
      }
    })
    const mostSpecificFirst: readonly Markup[] = markups.toSorted((one, other) => specificity(other) - specificity(one))
    return { mostSpecificFirst }
  }) as Markups
}

/** The markup for a charge: of those that match, the most specific. */
export function findMarkup({ mostSpecificFirst }: Markups, charge: MarkupScope): Markup | undefined {
  const wanted = lowerNames(charge)
  return mostSpecificFirst.find(markup => SIGNIFICANCE.every(name => markup[name] === undefined || markup[name] === wanted[name]))
}

function readMarkup(fields: Fields): Markup {
  const optional = (name: (typeof SIGNIFICANCE)[number]) => fields.optionalText(name)
  return {
    id: fields.text('id'),
    percent: fields.numeral('percent', RATE_PERCENT),
    ...lowerNames({ tenantId: optional('tenantId'), plan: optional('plan'), provider: optional('provider'), model: optional('model') }),
  }
}

function lowerNames(scope: MarkupScope): MarkupScope {
  return { ...scope, provider: scope.provider?.toLowerCase(), model: scope.model?.toLowerCase() }
}

/** As a binary number with a digit for each name: no sum of lesser names outweighs a greater one. */
function specificity(markup: MarkupScope): number {
  return SIGNIFICANCE.reduce((bits, name) => bits * 2 + (markup[name] === undefined ? 0 : 1), 0)
}
