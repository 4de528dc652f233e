import type { UsageUnit } from '../../model/usage-unit.ts'
import { units } from '../read-units.ts'
import type { ProviderCall } from '../usage-format.ts'

/** What an answer of Gemini was grounded in. */
export interface Grounding {
  /** Searches of the web, as the model wrote them. */
  readonly queries: readonly unknown[]
  readonly hasWeb: boolean
  readonly hasMaps: boolean
}

/** Models that bill a grounded prompt, however many searches it took. Since Gemini 3, Google bills each different search. */
const BILLED_BY_PROMPT = /gemini-[12]\b/i

/** Returns what Google bills for grounding. A grounding in maps is billed by prompt. */
export function groundingUnits({ queries, hasWeb, hasMaps }: Grounding, { provider, model }: ProviderCall): readonly UsageUnit[] {
  const searches = new Set(queries.filter(query => typeof query === 'string' && query !== '')).size
  const isGrounded = hasWeb || searches > 0
  const web = BILLED_BY_PROMPT.test(model ?? '')
    ? { kind: 'grounded_prompt', quantity: isGrounded ? 1 : 0 }
    : { kind: 'web_search', quantity: isGrounded ? Math.max(searches, 1) : 0 }
  return units(provider, web, { kind: 'maps_search', quantity: hasMaps ? 1 : 0 })
}
