/** Names that the AI SDK has for providers whose prices have another name. */
const PROVIDERS: ReadonlyMap<string, string> = new Map([
  ['amazon-bedrock', 'aws'],
  ['bedrock', 'aws'],
  ['azure-openai', 'azure'],
  ['vertex', 'google'],
  ['google-vertex', 'google'],
  ['xai', 'x-ai'],
  ['togetherai', 'together'],
  ['gateway', 'vercel'],
])

/** Providers of several makers' models: what follows them in a name is the maker, the API or both. */
const CLOUDS = new Set(['aws', 'azure', 'google'])

/** What the AI SDK appends for the API that it calls. */
const API = /\.(?:chat|completion|embedding|generative-ai|image|language-model|messages|responses|text-embedding)$/

/** Returns the name that prices have for the provider of a model: "openai" for "openai.chat", "aws" for "amazon-bedrock". */
export function aiSdkProviderName(provider: string): string {
  const [first = provider] = provider.split('.', 1)
  const cloud = PROVIDERS.get(first) ?? first
  if (CLOUDS.has(cloud)) return cloud
  const name = provider.replace(API, '')
  return PROVIDERS.get(name) ?? name
}
