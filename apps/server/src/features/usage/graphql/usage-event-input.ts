import type { UsageEventDraft } from '@tollgate/usage'
import { builder } from '../../../graphql/builder.ts'
import { MetadataInputRef } from './metadata-input.ts'
import { TokenUsageInputRef } from './token-usage-input.ts'
import { UsageStatusRef } from './usage-enums.ts'
import { UsageUnitInputRef } from './usage-unit.ts'

/** A usage event to track. It has the shape of a draft, so that batches need no mapping. */
export const UsageEventInputRef = builder.inputRef<UsageEventDraft>('UsageEventInput').implement({
  description:
    'A usage event: an AI call, a compute action or another operation. An invalid event does not affect the others of its batch: a value of a wrong type, a missing value or an unknown field rejects only its event.',
  // An event with an invalid value is rejected by itself, and not the request. `checkEvent` names what is wrong.
  extensions: { keepsRefusedValues: true },
  fields: t => ({
    idempotencyKey: t.string({
      description:
        'Unique within the tenant. Sending the same key again records nothing, so retries are safe. If omitted, the server generates one and returns it, and a retry counts twice.',
    }),
    occurredAt: t.field({
      type: 'DateTime',
      description: 'When it happened. May lie in the past, but not more than 10 minutes ahead. Defaults to the time of receipt.',
    }),
    operation: t.string({ required: true, description: 'Name of the operation, chosen by you: "chat_message", "embedding", "workflow_execution".' }),
    status: t.field({ type: UsageStatusRef, defaultValue: 'success', description: 'How it ended. Defaults to SUCCESS.' }),
    provider: t.string({ description: 'Provider of the model, such as "openai" or "anthropic".' }),
    model: t.string({ description: 'Model, as the provider names it. Prices also match dated versions and aliases.' }),
    tokens: t.field({ type: TokenUsageInputRef, description: 'Tokens by pool.' }),
    units: t.field({
      type: [UsageUnitInputRef],
      description: 'What the provider bills besides tokens, such as web searches, images or seconds of audio. Up to 32. Equal kinds and variants are added up.',
    }),
    quantity: t.field({ type: 'Decimal', description: 'Units of a compute operation, such as runs or gigabytes. Not what a provider bills: see `units`.' }),
    reportedCost: t.field({
      type: 'Decimal',
      description: 'Cost in USD as reported by the provider. Used as the cost if the model has no price.',
    }),
    latencyMs: t.int({ description: 'Latency in milliseconds. Fractions are rounded.' }),
    statusCode: t.int({ description: 'HTTP status code of the provider.' }),
    errorMessage: t.string({ description: 'Error message, if it failed.' }),
    metadata: t.field({ type: MetadataInputRef, description: 'What the event is attributed to.' }),
    serviceTier: t.string({
      description:
        'Service tier of the provider if it has its own price, such as "batch", "flex" or "priority". Up to 32 lower-case letters, digits, "_" and "-". Unpriced if there is no price for it. Defaults to the standard tier.',
    }),
    speed: t.string({ description: 'Speed that the call was served at if it has its own price, such as "fast". Defaults to the standard speed.' }),
    region: t.string({
      description: 'Region or geography that served the call if it has its own price, such as "us" or "europe-west1". Unpriced if there is no price for it.',
    }),
    credits: t.field({ type: 'Decimal', description: 'Credits to debit, 0 or more. Overrides the credit cost of the operation.' }),
    description: t.string({ description: 'Description that credit entries show. Up to 1,000 characters.' }),
    resourceType: t.string({ description: 'Type of the resource that it is about, such as "chat_session".' }),
    resourceId: t.string({ description: 'Id of the resource, such as that of a chat session.' }),
    reservationId: t.id({ description: 'Reservation to settle with this event.' }),
  }),
})
