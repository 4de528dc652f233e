import { canonicalProvider } from './canonical-provider.ts'

/** A path before the model: a Bedrock ARN, "models/", "publishers/google/models/", "projects/p/locations/l/…/models/". */
const PATH = /^(?:arn:[^/]*\/|(?:projects\/[^/]+\/)?(?:locations\/[^/]+\/)?(?:publishers\/[^/]+\/)?models\/)/
/** A Bedrock region before a maker: "us.", "eu.", "us-gov.", "global.". */
const REGION = /^(?:us|eu|apac|au|ca|jp|in|sa|us-gov|global)\.(?=[a-z0-9]+\.)/
/** Bedrock's name of the maker: "anthropic.", "ai21.". Does not match versions, which have a dash before the dot ("gpt-4.1"). */
const MAKER = /^[a-z][a-z0-9]+\.(?=[a-z])/
/** Bedrock's revision of a model: "-v1:0", "-v2". */
const REVISION = /-v\d+(?::\d+[a-z]*)?$/
/** A version, which costs the same as the model: "-2025-09-29", "-20250929", "@20250929", "-latest", "@default", "-001". */
const VERSION = /(?:[-@]20\d{2}-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01])|[-@](?:latest|default)|-00\d)$/
const COMPACT_DATE = /-(20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=-|:|$)/

/**
 * Returns the names that a price of a model may have, in lower case, from the given name to the least specific one. Removes,
 * one after the other, prefixes that repeat one of `providers`, the path, region and maker that clouds add, the revision
 * and the date. Never removes a variant such as "-mini", which is another model.
 */
export function modelNameForms(providers: readonly string[], model: string): readonly string[] {
  let name = withoutPrefixes(providers, model)
  const forms = [model.trim().toLowerCase(), name]
  for (const part of [REGION, MAKER, REVISION, VERSION]) {
    name = name.replace(part, '')
    forms.push(name)
  }
  // Anthropic writes "-20250929"; price lists may write "-2025-09-29".
  return [...new Set(forms.flatMap(form => [form, form.replace(COMPACT_DATE, '-$1-$2-$3')]))]
}

/** Removes paths and prefixes that name one of `providers`: "azure/openai/gpt-5" becomes "gpt-5". */
export function withoutPrefixes(providers: readonly string[], model: string): string {
  let name = model.trim().toLowerCase()
  for (;;) {
    const slash = name.indexOf('/')
    const path = PATH.exec(name)?.[0].length
    if (path !== undefined) name = name.slice(path)
    else if (slash > 0 && providers.includes(canonicalProvider(name.slice(0, slash)))) name = name.slice(slash + 1)
    else return name
  }
}
