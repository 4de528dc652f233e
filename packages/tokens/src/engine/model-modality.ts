/** What a model makes, as its name says. Tells what tokens are, if the response does not. */
export type ModelModality = 'text' | 'image' | 'audio'

/** Returns what a model makes by its name: "gpt-image-1.5" makes images, "gpt-4o-mini-tts" audio. Anything else is text. */
export function modelModality(model: string | null): ModelModality {
  if (model === null) return 'text'
  if (/(^|[-/_.])(gpt-image|chatgpt-image|dall-e|imagen)|-image(-|$)/i.test(model)) return 'image'
  return /(^|[-/_.])tts([-.]|$)/i.test(model) ? 'audio' : 'text'
}
