import type { UsageEventDraft } from '@tollgate/usage'
import { builder } from '../../../graphql/builder.ts'
import { MetadataInputRef } from './metadata-input.ts'
import { TokenUsageInputRef } from './token-usage-input.ts'
import { UsageStatusRef } from './usage-enums.ts'

/** One event as a client sends it. Its shape is that of a draft, so that batches are handed on as they are. */
export const UsageEventInputRef = builder.inputRef<UsageEventDraft>('UsageEventInput').implement({
  description: 'One thing that happened: an AI call, a compute action, an operation. What is wrong with one event rejects that event only.',
  fields: t => ({
    idempotencyKey: t.string({
      description:
        'Unique in the tenant: the same key sent again adds nothing, so a repeat is safe. Made by the server and returned where it is left out, and then a repeat counts twice.',
    }),
    occurredAt: t.field({ type: 'DateTime', description: 'When it happened; the time of receipt where it is left out. Backdated is fine, the future is not.' }),
    operation: t.string({ required: true, description: 'What was done, in your words: "chat_message", "embedding", "workflow_execution".' }),
    status: t.field({ type: UsageStatusRef, defaultValue: 'success', description: 'How it ended.' }),
    provider: t.string({ description: 'Who serves the model: "openai", "anthropic".' }),
    model: t.string({ description: 'The model, as the provider names it. Dated versions and aliases find their price too.' }),
    tokens: t.field({ type: TokenUsageInputRef, description: 'Tokens by pool.' }),
    quantity: t.field({ type: 'Decimal', description: 'Units of a compute operation, where there are any: seconds, pages, runs.' }),
    reportedCost: t.field({
      type: 'Decimal',
      description: 'What the provider says it cost, in USD. Kept beside the rated cost; counts where no price is known.',
    }),
    latencyMs: t.int({ description: 'How long it took, in milliseconds.' }),
    statusCode: t.int({ description: "The HTTP status of the provider's answer." }),
    errorMessage: t.string({ description: 'What went wrong, where it did.' }),
    metadata: t.field({ type: MetadataInputRef, description: 'Who and what it is attributed to.' }),
    serviceTier: t.string({
      description:
        'How the provider served it, where it charges differently for it: "batch", "flex", "priority". Standard where it is left out. Lower-case letters, digits, "_" and "-", 32 at the most. Unpriced where no price is for it.',
    }),
    reservationId: t.id({ description: 'The reservation that it settles.' }),
  }),
})
