import { REGION_ROUTE, withoutPrefixes } from './model-name-forms.ts'

/** A region in a resource name: of Google Cloud ("projects/p/locations/europe-west1/…") or Bedrock ("arn:aws:bedrock:us-gov-west-1:…"). */
const RESOURCE = /(?:^|\/)locations\/([^/]+)\/|^arn:aws[a-z-]*:bedrock:([a-z0-9-]+):/
/** A cross-region inference profile of Bedrock. */
const PROFILE = /^(?:us|eu|apac|au|ca|jp|in|sa|us-gov|global)\.[a-z0-9]+\./

/**
 * Returns the region that a model's name tells. Null if the name itself has prices by region, as an inference profile of Bedrock
 * has, so that it does not matter which region a call names. `provider` is the one that charges.
 */
export function regionOfModel({ provider, model }: { provider: string; model: string }): string | null | undefined {
  const name = model.trim().toLowerCase()
  const short = withoutPrefixes([provider], name)
  if (provider === 'aws' && PROFILE.test(short)) return null
  const resource = RESOURCE.exec(name)
  return resource?.[1] ?? resource?.[2] ?? REGION_ROUTE.exec(short)?.[0].slice(0, -1)
}
