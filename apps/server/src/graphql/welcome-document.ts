/** The default document of GraphiQL: operations that work on a new server, in the order in which to try them. */
export const WELCOME_DOCUMENT = `# Tollgate meters what AI products use, and what it costs.
#
# 1. Enter your key in Headers below:  { "Authorization": "Bearer <key>" }
#    "npm start" prints the operator key.
# 2. Run the operations in order: place the cursor in one and press Ctrl-Enter.
#    Every type and field is documented: click a name, or open the documentation on the left.

# Who am I?
query WhoAmI {
  viewer { kind scopes tenant { id name } }
}

# A tenant is the account that is isolated, limited and billed.
mutation CreateTenant {
  createTenant(input: { id: "acme", name: "Acme Inc.", tier: "pro" }) {
    __typename
    ... on CreateTenantPayload { tenant { id name tier timeZone currency } }
    ... on Error { code message }
  }
}

# A key for the tenant's services. The secret is shown only here.
mutation CreateKey {
  createApiKey(input: { tenantId: "acme", name: "backend" }) {
    __typename
    ... on CreateApiKeyPayload { apiKey { id prefix scopes } secret }
    ... on Error { code message }
  }
}

# Two AI calls, the second with web searches. Run it twice: the idempotency keys make sure that each event counts once.
mutation Track {
  trackUsage(input: { tenantId: "acme", events: [
    { idempotencyKey: "try-1", operation: "chat_message", provider: "openai", model: "gpt-5-mini",
      tokens: { input: 1200, output: 350 }, latencyMs: 1250,
      metadata: { customerId: "cust_0001", featureId: "chat" } }
    { idempotencyKey: "try-2", operation: "chat_message", provider: "anthropic", model: "claude-sonnet-4-5",
      tokens: { input: 800, output: 200, cacheRead: 4000 }, units: [{ kind: "web_search", quantity: 2 }], latencyMs: 2100,
      metadata: { customerId: "cust_0002", featureId: "search" } }
  ] }) {
    __typename
    ... on TrackUsagePayload {
      results { outcome reason event { id cost pricingState price { provider model } } }
    }
    ... on Error { code message }
  }
}

# What did it cost, in total and by customer and model?
query Cost {
  usage(range: { from: "2026-01-01T00:00:00Z", to: "2100-01-01T00:00:00Z" }) {
    totals {
      calls tokens { total } units { kind quantity } cost averageCostPerCall errorRate latencyMs { p50 p95 }
      unpricedCalls unpricedReasons { reason calls }
    }
    breakdown(by: [CUSTOMER, MODEL], orderBy: COST, first: 20) {
      key { dimension value }
      measures { calls tokens { total } cost }
    }
  }
}

# The events, newest first.
query Events {
  usageEvents(range: { from: "2026-01-01T00:00:00Z", to: "2100-01-01T00:00:00Z" }, first: 10) {
    nodes { id occurredAt tenant { id } model cost pricingState unpricedReason metadata { customerId featureId } }
    pageInfo { hasNextPage endCursor }
  }
}

# What does a model cost? Each event is priced with the price in effect at the time of the event.
query Prices {
  prices(provider: "openai", model: "gpt-5-mini", first: 20) {
    nodes { id source model serviceTier region from to perMillionTokens { input cacheRead output } }
  }
}

# A price of your own, for all tenants or for one.
mutation PublishPrice {
  publishPrice(input: { provider: "in-house", model: "our-llm", from: "2026-01-01T00:00:00Z",
      perMillionTokens: { input: "0.40", output: "1.20" } }) {
    __typename
    ... on PublishPricePayload { price { id provider model } }
    ... on Error { code message }
  }
}
`
