import type { Decimal } from '@tollgate/kernel'
import { type Fields, readDraft } from '../drafts/read-draft.ts'
import { type Numeral, RATE_PERCENT } from '../numbers/numeral.ts'

/** The charges that a markup applies to. Omitted fields match everything. */
export interface MarkupScope {
  readonly tenantId?: string | undefined
  readonly plan?: string | undefined
  /** Provider and model are compared in lower case. */
  readonly provider?: string | undefined
  readonly model?: string | undefined
}

/** A percentage added to a price or cost. */
export interface Markup extends MarkupScope {
  readonly id: string
  readonly percent: Decimal
}

/** Input of `defineMarkups`. A percentage of 25 adds a quarter. */
export interface MarkupDraft {
  readonly id: string
  readonly percent: Numeral
  readonly tenantId?: string | null | undefined
  readonly plan?: string | null | undefined
  readonly provider?: string | null | undefined
  readonly model?: string | null | undefined
}

declare const CHECKED: unique symbol

/** Checked markups, of which at most one applies to a charge. Frozen. Only `defineMarkups` creates it. */
export interface Markups {
  readonly [CHECKED]: true
  readonly mostSpecificFirst: readonly Markup[]
}

/** Most significant first: a markup for a tenant takes precedence over one for its plan, then for a model, then for a provider. */
export const SIGNIFICANCE = ['tenantId', 'plan', 'model', 'provider'] as const

/**
 * Checks a set of markups. Throws `InvalidInput` if two have the same id or apply to the same charges, so that there is
 * always one most specific match.
 */
export function defineMarkups(drafts: readonly MarkupDraft[]): Markups {
  return readDraft({ markups: drafts }, fields => {
    const markups = fields.list('markups', { min: 0, max: 10_000 }, readMarkup)
    const seen = new Map<string, string>()
    markups.forEach((markup, position) => {
      for (const [field, key] of [['id', markup.id] as const, ['', `for ${JSON.stringify(SIGNIFICANCE.map(name => markup[name] ?? null))}`] as const]) {
        const earlier = seen.get(key)
        if (earlier !== undefined)
          fields.addIssue(`markups.${position}${field && `.${field}`}`, field === 'id' ? 'is a duplicate' : `applies to the same charges as ${earlier}`)
        seen.set(key, markup.id)
      }
    })
    const mostSpecificFirst: readonly Markup[] = markups.toSorted((one, other) => specificity(other) - specificity(one))
    return { mostSpecificFirst }
  }) as Markups
}

/** Returns the most specific markup that matches a charge. */
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

/** Returns a binary number with one digit per field, so that a more significant field outweighs all others. */
function specificity(markup: MarkupScope): number {
  return SIGNIFICANCE.reduce((bits, name) => bits * 2 + (markup[name] === undefined ? 0 : 1), 0)
}
