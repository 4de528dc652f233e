/** Hosts of providers that the client of OpenAI can talk to, under the names that prices have. */
const PROVIDERS: readonly (readonly [suffix: string, provider: string])[] = [
  ['openai.com', 'openai'],
  ['azure.com', 'azure'],
  ['anthropic.com', 'anthropic'],
  ['amazonaws.com', 'aws'],
  ['googleapis.com', 'google'],
  ['openrouter.ai', 'openrouter'],
  ['groq.com', 'groq'],
  ['mistral.ai', 'mistral'],
  ['deepseek.com', 'deepseek'],
  ['x.ai', 'x-ai'],
  ['together.xyz', 'together'],
  ['fireworks.ai', 'fireworks'],
  ['perplexity.ai', 'perplexity'],
  ['moonshot.ai', 'moonshotai'],
]

/** Returns the provider at a URL, or `otherwise` if the host is not known, such as that of a proxy. */
export function providerOfHost(url: string, otherwise: string): string {
  const host = URL.parse(url)?.hostname ?? ''
  return PROVIDERS.find(([suffix]) => host === suffix || host.endsWith(`.${suffix}`))?.[1] ?? otherwise
}
