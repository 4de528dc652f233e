/** Other names of a provider: in SDKs, gateways, price lists, and OpenTelemetry's `gen_ai.provider.name`. */
const ALIASES: Readonly<Record<string, string>> = {
  claude: 'anthropic',
  amazon: 'aws',
  'amazon-bedrock': 'aws',
  amazon_bedrock: 'aws',
  'aws-bedrock': 'aws',
  aws_bedrock: 'aws',
  bedrock: 'aws',
  bedrock_converse: 'aws',
  'az.ai.inference': 'azure',
  'az.ai.openai': 'azure',
  'azure-ai': 'azure',
  'azure-ai-foundry': 'azure',
  'azure-cognitive-services': 'azure',
  'azure-openai': 'azure',
  azure_ai: 'azure',
  azure_openai: 'azure',
  azure_text: 'azure',
  'microsoft-foundry': 'azure',
  'workers-ai': 'cloudflare',
  cohere_chat: 'cohere',
  'fireworks-ai': 'fireworks',
  fireworks_ai: 'fireworks',
  copilot: 'github-copilot',
  github_copilot: 'github-copilot',
  gcp: 'google',
  gemini: 'google',
  'google-cloud': 'google',
  'google-genai': 'google',
  'google-gla': 'google',
  'google-vertex': 'google',
  'google-vertex-anthropic': 'google',
  google_genai: 'google',
  google_vertexai: 'google',
  vertex: 'google',
  'vertex-ai': 'google',
  vertex_ai: 'google',
  vertex_ai_beta: 'google',
  vertexai: 'google',
  'text-completion-codestral': 'mistral',
  mistral_ai: 'mistral',
  mistralai: 'mistral',
  moonshot: 'moonshotai',
  'novita-ai': 'novita',
  'openai-codex': 'openai',
  'text-completion-openai': 'openai',
  'perplexity-ai': 'perplexity',
  perplexity_ai: 'perplexity',
  'together-ai': 'together',
  together_ai: 'together',
  togetherai: 'together',
  gateway: 'vercel',
  'vercel-ai-gateway': 'vercel',
  vercel_ai_gateway: 'vercel',
  voyage: 'voyageai',
  spacexai: 'x-ai',
  grok: 'x-ai',
  x_ai: 'x-ai',
  xai: 'x-ai',
  'z-ai': 'zai',
  'z.ai': 'zai',
  zhipu: 'zhipuai',
}

/** Clouds that serve models of many makers. What follows them in a name is the maker or the API: "bedrock.anthropic.messages", "azure/us". */
const CLOUDS: ReadonlySet<string> = new Set(['aws', 'azure', 'google'])

/** What SDKs append to a provider's name for the API they call: "xai.responses", "groq.chat". */
const API =
  /\.(?:chat|completions?|embeddings?|files|generative-ai|image|language-model|messages|moderation|realtime|rerank(?:ing)?|responses|speech|text-embedding|transcription|video)$/

/** Returns the name that prices of a provider are stored under: lower case, aliases resolved. Unknown names only become lower case. */
export function canonicalProvider(name: string): string {
  const lower = name.trim().toLowerCase()
  const [cloud] = lower.split(/[./]/, 1)
  const known = knownProvider(lower)
  if (known !== undefined) return known
  if (cloud !== undefined && CLOUDS.has(knownProvider(cloud) ?? cloud)) return knownProvider(cloud) ?? cloud
  const withoutApi = lower.replace(API, '')
  return knownProvider(withoutApi) ?? withoutApi
}

function knownProvider(name: string): string | undefined {
  return Object.hasOwn(ALIASES, name) ? ALIASES[name] : undefined
}
