import type { Api } from '../kit/api.ts'

/** A tenant whose names are long and whose numbers are large. */
export const EXTREME_TENANT = 'the-tenant-with-an-identifier-that-uses-all-of-the-64-characters'

const NAME = 'Bundesweite Genossenschaft für Sprachmodelle und angewandte Textverarbeitung, Niederlassung Süd'
const MODEL = 'internal/experimental-multimodal-instruct-128k-preview-2026-11-20-quantized-fp8-eu-central'
const OPERATION = 'summarize_customer_support_conversation_with_attachments_and_translate'
const CUSTOMER = 'customer-of-the-northern-subsidiary-0c7c2f1e-5f0e-4a51-9d5e-7d1c6f0b9a11'
const FEATURE = 'weekly-executive-briefing-with-citations-and-translated-attachments'
const HOUR_MS = 3_600_000

/** Adds the tenant with something of everything. */
export async function addExtremes({ ask }: Api): Promise<void> {
  const tenantId = EXTREME_TENANT
  const send = async (name: string, type: string, input: object) => {
    const { result } = await ask(`mutation ($input: ${type}!) { result: ${name}(input: $input) { __typename ... on Error { message } } }`, { input })
    if (result.message !== undefined) throw new Error(`${name}: ${result.message}`)
  }
  await send('createTenant', 'CreateTenantInput', {
    id: tenantId,
    name: NAME,
    tier: 'demo-team',
    currency: 'EUR',
    timeZone: 'America/Argentina/ComodRivadavia',
  })
  await send('publishPrice', 'PublishPriceInput', {
    provider: 'openai',
    model: MODEL,
    from: '2020-01-01T00:00:00Z',
    perMillionTokens: { input: '1234.56789', output: '98765.4321' },
  })
  await send('setQuota', 'SetQuotaInput', { tenantId, metric: 'TOKENS', window: 'MONTH', limit: '98765432109876' })
  await send('setQuota', 'SetQuotaInput', {
    tenantId,
    metric: 'OPERATIONS',
    operation: OPERATION,
    window: 'DAY',
    limit: '1',
    enforcement: 'SOFT',
    scope: ['CUSTOMER', 'FEATURE'],
  })
  await send('grantCredits', 'GrantCreditsInput', { tenantId, amount: '123456789012.345678', idempotencyKey: 'grant', description: `Prepaid for ${NAME}` })
  await send('setWalletTerms', 'SetWalletTermsInput', { tenantId, alertBelow: ['123456789012'] })
  await send('createWebhookEndpoint', 'CreateWebhookEndpointInput', {
    tenantId,
    url: `https://hooks.example.com/${'a-path-that-is-rather-long/'.repeat(5)}`,
    types: ['QUOTA_THRESHOLD_REACHED', 'ALERT_RAISED', 'CREDITS_EXHAUSTED'],
  })
  await send('createApiKey', 'CreateApiKeyInput', { tenantId, name: `The key with which the backend of ${NAME} sends its usage` })
  const events = Array.from({ length: 60 }, (_, at) => ({
    operation: at % 3 === 0 ? OPERATION : 'chat',
    occurredAt: new Date(Date.now() - at * 7 * HOUR_MS).toISOString(),
    provider: 'openai',
    model: at % 5 === 4 ? `${MODEL}-without-a-price` : MODEL,
    status: at % 7 === 6 ? 'FAILURE' : 'SUCCESS',
    errorMessage: at % 7 === 6 ? `The provider refused the call: ${'the context is longer than the model allows. '.repeat(6)}` : undefined,
    latencyMs: 987_654,
    credits: '1000000.5',
    tokens: { input: 487_654_321_098, output: 12_345_678_901, cacheRead: 255_555_555_555 },
    metadata: {
      customerId: `${CUSTOMER}-${at % 4}`,
      featureId: FEATURE,
      requestId: `req-${'0123456789abcdef'.repeat(6)}`,
      attributes: { 'a name of an attribute that is long': 'a value without any space '.repeat(6).replaceAll(' ', '_') },
    },
  }))
  const { trackUsage } = await ask(
    'mutation ($input: TrackUsageInput!) { trackUsage(input: $input) { ... on TrackUsagePayload { results { reason } } ... on Error { message } } }',
    { input: { tenantId, events } },
  )
  const refused = trackUsage.message ?? trackUsage.results.find(({ reason }: { reason: string | null }) => reason !== null)?.reason
  if (refused !== undefined) throw new Error(`trackUsage: ${refused}`)
  const rejected = {
    idempotencyKey: 'key-of-a-batch-'.repeat(16),
    operation: '',
    errorMessage: NAME.repeat(4),
    tokens: { input: -1, output: -2, cacheRead: -3 },
  }
  await send('trackUsage', 'TrackUsageInput', { tenantId, events: [rejected] })
  const address = { line1: 'Donaudampfschifffahrtsgesellschaftskapitänsallee 123', city: 'Llanfairpwllgwyngyll', country: 'DE', postalCode: '10115' }
  await send('setBillingProfile', 'SetBillingProfileInput', { tenantId, name: NAME, address })
  await send('subscribe', 'SubscribeInput', { tenantId, plan: 'demo-team', from: new Date(Date.now() - 40 * 24 * HOUR_MS).toISOString() })
  await send('runBilling', 'RunBillingInput', { through: new Date().toISOString(), tenantIds: [tenantId] })
}
