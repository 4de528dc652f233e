import { countReader } from '../count-reader.ts'
import { isObject } from '../../model/is-object.ts'
import { readFirst } from '../read-fields.ts'

/** LangChain's prefix of the details of OpenAI's service tiers: "flex_cache_read", "priority_reasoning". */
const TIER_PREFIX = /^(flex|priority)_/

/**
 * Returns the details of a total, by the names that they have without a service tier. OpenAI's Agents SDK has a list of the details of
 * each request; they are summed. Undefined if there are none.
 */
export function readDetails(usage: object, names: readonly string[], provider: string): object | undefined {
  const value = readFirst(usage, names)
  if (Array.isArray(value)) return sumDetails(value.filter(isObject), provider)
  return isObject(value) ? withoutTier(value) : undefined
}

/** Returns the service tier that LangChain counts the tokens of, which is a name among the details. */
export function tierInDetails(usage: object): string | undefined {
  const details = [readFirst(usage, ['input_token_details']), readFirst(usage, ['output_token_details'])].filter(isObject)
  const names = details.flatMap(detail => Object.keys(detail))
  return ['flex', 'priority'].find(tier => names.some(name => name === tier || name.startsWith(`${tier}_`)))
}

function sumDetails(details: readonly object[], provider: string): object {
  const sums: Record<string, number> = {}
  for (const detail of details) {
    const counts = countReader(detail, provider)
    for (const name of Object.keys(detail)) sums[name] = (sums[name] ?? 0) + (counts.first(name) ?? 0)
  }
  return sums
}

function withoutTier(details: object): object {
  if (!Object.keys(details).some(name => TIER_PREFIX.test(name))) return details
  return Object.fromEntries(Object.entries(details).map(([name, value]) => [name.replace(TIER_PREFIX, ''), value]))
}
