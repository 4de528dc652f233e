import { canonicalProvider } from './canonical-provider.ts'

/** A path before the model: a Bedrock ARN, "models/", "publishers/google/models/", "projects/p/locations/l/…/models/". */
const PATH = /^(?:arn:[^/]*\/|(?:projects\/[^/]+\/)?(?:locations\/[^/]+\/)?(?:publishers\/[^/]+\/)?models\/)/
/** The API that gateways put between the provider and the model: "bedrock/converse/…", "azure/responses/…". */
const ROUTE = /^(?:converse|converse_like|global|global-standard|invoke|responses)\//
/** Where the model runs, as gateways write it: "azure/us/gpt-5.1", "bedrock/eu-west-1/…". `regionOfModel` reads it. */
export const REGION_ROUTE = /^(?:eu|us|[a-z]{2}(?:-gov)?-[a-z]+-\d)\//
/** A Bedrock region before a maker: "us.", "eu.", "us-gov.", "global.". */
const REGION = /^(?:us|eu|apac|au|ca|jp|in|sa|us-gov|global)\.(?=[a-z0-9]+\.)/
/** The region whose prices are those of a model without a region. Others have prices of their own. */
const HOME_REGION = /^us\.(?=[a-z0-9]+\.)/
/** Bedrock's name of the maker: "anthropic.", "ai21.". Neither a region nor a version, which has a dash before the dot ("gpt-4.1"). */
const MAKER = /^(?!(?:us|eu|apac|au|ca|jp|in|sa|global)\.)[a-z][a-z0-9]+\.(?=[a-z])/
/** Bedrock's revision of a dated model, or its first one: "-20240620-v1:0", "-v1". A later revision of a model without a date is another model. */
const REVISION = /(?:-v1|(?<=-20\d{6})-v\d+)(?::\d+[a-z]*)*$/
/** The date of a version, which costs the same as the model unless it has a price of its own: "-2025-09-29", "-20250929", "@20250929", "@default". */
const DATE = /(?:[-@]20\d{2}-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01])|@(?:default|latest))$/
/**
 * An alias of a version: "claude-3-5-sonnet-latest", "gemini-2.0-flash-001". Only after a version number, which a size ("8b") is
 * not. Otherwise the alias moves from model to model ("gemini-pro-latest", "ministral-8b-latest"), or the number is part of the
 * name ("davinci-002", "gemini-embedding-001").
 */
const ALIAS = /(?<=(?:^|[-.])v?\d+(?:[-.][a-z]+)*)-(?:latest|00\d)$/
/** A shortcut of OpenRouter that sorts the hosts of the same model. Other variants, such as ":free" and ":online", have prices of their own. */
const SHORTCUT = /:(?:nitro|floor)$/
const COMPACT_DATE = /-(20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=-|:|$)/
/** The dot that gateways write in the version of a Claude model: "claude-sonnet-4.5". Anthropic writes a dash. */
const CLAUDE_DOT = /(?<=^claude-(?:[a-z]+-)?\d)\.(?=\d)/
/** Azure's spelling of "gpt-3.5". */
const GPT_35 = /^gpt-35(?=-|$)/

/**
 * Returns the names that a published price of a model may have, in lower case, from the given name to the least specific one.
 * Removes, one after the other, prefixes that repeat one of `providers`, the path, region and maker that clouds add, the revision
 * and the date. Never removes a variant such as "-mini" or "-fast", which is another model.
 */
export function modelNameForms(providers: readonly string[], model: string): readonly string[] {
  return nameForms(providers, model, [SHORTCUT, REGION_ROUTE, REGION, MAKER, REVISION, DATE, ALIAS])
}

/**
 * Returns the names that a list price of a model may have, as `modelNameForms` does. Keeps the region of a Bedrock id, except
 * "us.": lists have prices by region, and that of one region is not that of another.
 */
export function listedNameForms(providers: readonly string[], model: string): readonly string[] {
  return nameForms(providers, model, [SHORTCUT, REGION_ROUTE, HOME_REGION, MAKER, REVISION, DATE, ALIAS])
}

function nameForms(providers: readonly string[], model: string, parts: readonly RegExp[]): readonly string[] {
  let name = withoutPrefixes(providers, model)
  const forms = [model.trim().toLowerCase(), name]
  for (const part of parts) {
    name = name.replace(part, '')
    forms.push(name)
  }
  // Anthropic writes "-20250929"; price lists may write "-2025-09-29".
  const dated = forms.flatMap(form => [form, form.replace(COMPACT_DATE, '-$1-$2-$3')])
  return [...new Set(dated.flatMap(form => [form, form.replace(GPT_35, 'gpt-3.5'), form.replace(CLAUDE_DOT, '-')]))]
}

/** Removes paths, routes, and prefixes that name one of `providers`: "azure/openai/gpt-5" and "openai:gpt-5" become "gpt-5". */
export function withoutPrefixes(providers: readonly string[], model: string): string {
  let name = model.trim().toLowerCase()
  let inGateway = false
  for (;;) {
    // A colon also separates the parts of Bedrock's ids: "amazon.nova-lite-v1:0".
    const prefix = /^(?:[^/:]+(?=\/.)|[^/:.]+(?=:.))/.exec(name)?.[0]
    const path = PATH.exec(name)?.[0].length ?? (inGateway ? ROUTE.exec(name)?.[0].length : undefined)
    if (path !== undefined) name = name.slice(path)
    else if (prefix !== undefined && providers.includes(canonicalProvider(prefix))) {
      name = name.slice(prefix.length + 1)
      inGateway = true
    } else return name
  }
}
