import { anthropicMessages } from './formats/anthropic-messages.ts'
import { bedrockConverse } from './formats/bedrock-converse.ts'
import { cohere } from './formats/cohere.ts'
import { gemini } from './formats/gemini.ts'
import { geminiInteractions } from './formats/gemini-interactions.ts'
import { mediaDurations } from './formats/media-durations.ts'
import { generatedImages } from './formats/generated-images.ts'
import { mistralOcr } from './formats/mistral-ocr.ts'
import { nativeCounts } from './formats/native-counts.ts'
import { novaSonic } from './formats/nova-sonic.ts'
import { openAiAudio } from './formats/openai-audio.ts'
import { openAiChat } from './formats/openai-chat.ts'
import { openAiImages } from './formats/openai-images.ts'
import { openAiResponses } from './formats/openai-responses.ts'
import { openAiVideo } from './formats/openai-video.ts'
import { xaiVoice } from './formats/xai-voice.ts'
import type { UsageFormat } from './usage-format.ts'

/**
 * All formats, the more special ones first: a response is in the first that recognises it. Fields decide, not the provider's
 * name, because clouds and gateways pass on the formats of others.
 */
export const USAGE_FORMATS: readonly UsageFormat[] = [
  novaSonic,
  gemini,
  cohere,
  mistralOcr,
  xaiVoice,
  openAiAudio,
  anthropicMessages,
  openAiImages,
  geminiInteractions,
  bedrockConverse,
  openAiChat,
  openAiResponses,
  openAiVideo,
  nativeCounts,
  mediaDurations,
  generatedImages,
]
