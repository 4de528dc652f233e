import { ANTHROPIC } from './entries/anthropic.ts'
import { AWS_SERVED } from './entries/aws-served.ts'
import { AWS } from './entries/aws.ts'
import { AZURE } from './entries/azure.ts'
import { DEEPSEEK } from './entries/deepseek.ts'
import { GOOGLE_SERVED } from './entries/google-served.ts'
import { GOOGLE } from './entries/google.ts'
import { HOSTS } from './entries/hosts.ts'
import { MISTRAL } from './entries/mistral.ts'
import { OPENAI_SERVED } from './entries/openai-served.ts'
import { OPENAI } from './entries/openai.ts'
import { OPENROUTER } from './entries/openrouter.ts'
import { OTHER_PROVIDERS } from './entries/other-providers.ts'
import { PERPLEXITY } from './entries/perplexity.ts'
import { VERCEL } from './entries/vercel.ts'
import { XAI } from './entries/xai.ts'
import type { OverlayEntry } from './overlay-entry.ts'

/** Everything that the bundled package lacks or has wrong. Makers come before the clouds that charge a multiple of their prices. */
export const OVERLAY_ENTRIES: readonly OverlayEntry[] = [
  ...ANTHROPIC,
  ...OPENAI,
  ...OPENAI_SERVED,
  ...GOOGLE,
  ...GOOGLE_SERVED,
  ...XAI,
  ...DEEPSEEK,
  ...MISTRAL,
  ...PERPLEXITY,
  ...AWS,
  ...AWS_SERVED,
  ...AZURE,
  ...OPENROUTER,
  ...OTHER_PROVIDERS,
  ...HOSTS,
  ...VERCEL,
]
