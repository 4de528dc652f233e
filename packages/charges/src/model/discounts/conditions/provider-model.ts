import type { Fields } from '../../drafts/read-draft.ts'
import type { DiscountFacts } from '../facts/discount-facts.ts'

/** The call was to one of these providers, with one of these models. Names are compared in lower case. */
export interface ProviderModelCondition {
  readonly kind: 'provider-model'
  readonly providers: readonly string[] | undefined
  readonly models: readonly string[] | undefined
}

/** Input of a provider and model condition. One of the two lists may be omitted. */
export interface ProviderModelDraft {
  readonly kind: 'provider-model'
  readonly providers?: readonly string[] | null | undefined
  readonly models?: readonly string[] | null | undefined
}

/** Reads a provider and model condition. */
export function readProviderModel(fields: Fields): ProviderModelCondition {
  const names = (field: string) => (fields.has(field) ? fields.texts(field).map(name => name.toLowerCase()) : undefined)
  const providers = names('providers')
  const models = names('models')
  if (providers === undefined && models === undefined) fields.addIssue('providers', 'is required if models is omitted')
  return { kind: 'provider-model', providers, models }
}

/** Returns why the condition is not met; undefined if it is. */
export function unmetProviderModel({ providers, models }: ProviderModelCondition, { dimensions }: DiscountFacts): string | undefined {
  return unmetName('provider', providers, dimensions.provider) ?? unmetName('model', models, dimensions.model)
}

function unmetName(what: string, names: readonly string[] | undefined, actual: string | undefined): string | undefined {
  if (names === undefined || (actual !== undefined && names.includes(actual.toLowerCase()))) return undefined
  return `it is for the ${what} ${names.join(' or ')}, ${actual === undefined ? `and there is no ${what}` : `not ${actual}`}`
}
