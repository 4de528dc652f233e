import { REGION_ROUTE, withoutPrefixes } from './model-name-forms.ts'

/** A region in a resource name: of Google Cloud ("projects/p/locations/europe-west1/…") or Bedrock ("arn:aws:bedrock:us-gov-west-1:…"). */
const RESOURCE = /(?:^|\/)locations\/([^/]+)\/|^arn:aws[a-z-]*:bedrock:([a-z0-9-]+):/
/** A cross-region inference profile of Bedrock. Its prices are listed by its name, wherever the call comes from. */
const PROFILE = /^(?:us|eu|apac|au|ca|jp|in|sa|us-gov|global)\.[a-z0-9]+\./

/**
 * Returns where a call ran, as far as its price depends on it: the region that its model's name tells, or else the region that the
 * response or the client named. `provider` is the one that charges.
 */
export function regionOfCall({ provider, model, region }: { provider: string; model: string; region?: string | undefined }): string | undefined {
  const name = model.trim().toLowerCase()
  const short = withoutPrefixes([provider], name)
  if (provider === 'aws' && PROFILE.test(short)) return undefined
  const resource = RESOURCE.exec(name)
  return resource?.[1] ?? resource?.[2] ?? REGION_ROUTE.exec(short)?.[0].slice(0, -1) ?? region
}
