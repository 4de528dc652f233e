import { canonicalProvider } from './canonical-provider.ts'

/** What clouds put before a model: a Bedrock ARN, "models/", "publishers/google/models/", "projects/p/locations/l/…/models/". */
const PATH = /^(?:arn:[^/]*\/|(?:projects\/[^/]+\/)?(?:locations\/[^/]+\/)?(?:publishers\/[^/]+\/)?models\/)/
/** A region of Bedrock's: "us.", "eu.", "us-gov.", "global.", where a maker follows. */
const REGION = /^(?:us|eu|apac|au|ca|jp|in|sa|us-gov|global)\.(?=[a-z0-9]+\.)/
/** Bedrock's name of the maker: "anthropic.", "ai21.". Versions have a dash before the dot ("gpt-4.1") and stay. */
const MAKER = /^[a-z][a-z0-9]+\.(?=[a-z])/
/** Bedrock's revision: "-v1:0", "-v2". */
const REVISION = /-v\d+(?::\d+[a-z]*)?$/
/** A version that costs what the model does: "-2025-09-29", "-20250929", "@20250929", "-latest", "@default", "-001". */
const VERSION = /(?:[-@]20\d{2}-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01])|[-@](?:latest|default)|-00\d)$/
const COMPACT_DATE = /-(20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=-|:|$)/

/**
 * The names that a model may be priced under, in lower case, the given one first and the least specific last: without
 * the prefix that names one of `providers` again, the path, region and maker that a cloud adds, the revision and the
 * date. A variant such as "-mini" is never taken off: it is another model.
 */
export function modelNameForms(providers: readonly string[], model: string): readonly string[] {
  let name = withoutPrefixes(providers, model)
  const forms = [model.trim().toLowerCase(), name]
  for (const part of [REGION, MAKER, REVISION, VERSION]) {
    name = name.replace(part, '')
    forms.push(name)
  }
  // Anthropic writes "-20250929" where price lists may have "-2025-09-29".
  return [...new Set(forms.flatMap(form => [form, form.replace(COMPACT_DATE, '-$1-$2-$3')]))]
}

/** The model's name without paths and without the prefixes that name one of `providers`: "azure/openai/gpt-5" is "gpt-5". */
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
