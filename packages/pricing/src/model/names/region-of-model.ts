import { REGION_ROUTE, withoutPrefixes } from './model-name-forms.ts'

/** A region in a resource name: of Google Cloud ("projects/p/locations/europe-west1/…") or Bedrock ("arn:aws:bedrock:us-gov-west-1:…"). */
const RESOURCE = /(?:^|\/)locations\/([^/]+)\/|^arn:aws[a-z-]*:bedrock:([a-z0-9-]+):/
/** A cross-region inference profile of Bedrock. */
const PROFILE = /^(?:us|eu|apac|au|ca|jp|in|sa|us-gov|global)\.[a-z0-9]+\./

/** The names of a call that may tell a region. */
export interface RegionalNames {
  /** The provider that charges. */
  readonly provider: string
  readonly model: string
  /** The provider as the call names it, such as "azure/us". Defaults to `provider`. */
  readonly calledProvider?: string
}

/**
 * Returns the region that the name of a model tells, or else that of its provider. Null if the model's name itself has prices by
 * region, as an inference profile of Bedrock has, so that it does not matter which region a call names.
 */
export function regionOfModel({ provider, model, calledProvider = provider }: RegionalNames): string | null | undefined {
  const name = model.trim().toLowerCase()
  const short = withoutPrefixes([provider], name)
  if (provider === 'aws' && PROFILE.test(short)) return null
  const resource = RESOURCE.exec(name)
  return resource?.[1] ?? resource?.[2] ?? regionOfRoute(short) ?? regionOfRoute(afterSlash(calledProvider))
}

function regionOfRoute(route: string): string | undefined {
  return REGION_ROUTE.exec(route)?.[0].slice(0, -1)
}

/** Returns what follows the first name of a path, as a route: "us/" of "azure/us". */
function afterSlash(name: string): string {
  return `${name.trim().toLowerCase().split('/').slice(1).join('/')}/`
}
