/** How the names of a maker's models begin, by the provider that the maker is. */
const MAKERS: readonly (readonly [provider: string, name: RegExp])[] = [
  ['anthropic', /^claude-/],
  ['openai', /^(?:ft:)?(?:gpt-(?!oss)|o[134](?:-|$)|chatgpt-|codex-|computer-use|dall-e-|davinci-|babbage-|text-embedding-(?:3-|ada)|tts-|whisper-1)/],
  ['google', /^gemini-/],
  ['x-ai', /^grok-/],
  ['mistral', /^(?:codestral|devstral|magistral|ministral|mistral|open-mi[sx]tral|pixtral|voxtral)-/],
  ['deepseek', /^deepseek-/],
  ['cohere', /^command-/],
  ['perplexity', /^sonar(?:-|$)/],
  ['moonshotai', /^(?:kimi|moonshot)-/],
  ['minimax', /^minimax-/],
  ['zai', /^glm-/],
  ['voyageai', /^voyage-/],
]

/** Returns the provider that made a model, by its name in lower case. Undefined for open models, which many providers serve. */
export function makerOfModel(name: string): string | undefined {
  return MAKERS.find(([, pattern]) => pattern.test(name))?.[0]
}
