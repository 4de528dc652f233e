/** A tab of GraphiQL. */
export interface GraphiQLTab {
  readonly query: string
  /** JSON. */
  readonly variables?: string
}

// Lines are short, so that they are not cut off in half of a small window. A tab is named after its first operation.

const START = `# 1. Enter your key in Headers below.
#    "npm start" prints the operator key.
# 2. Place the cursor in an operation, and
#    press Ctrl-Enter. Try the tabs, too.
#
# Click a name for its documentation.

query WhoAmI {
  viewer { kind scopes tenant { id name } }
}

# A tenant is isolated, limited and billed.
mutation CreateTenant {
  createTenant(input: {
    id: "acme", name: "Acme Inc.", tier: "pro"
  }) {
    __typename
    ... on CreateTenantPayload {
      tenant { id name tier timeZone currency }
    }
    ... on Error { code message }
  }
}

# A key for its services, shown only here.
mutation CreateKey {
  createApiKey(input: {
    tenantId: "acme", name: "backend"
  }) {
    __typename
    ... on CreateApiKeyPayload {
      secret
      apiKey { id prefix scopes }
    }
    ... on Error { code message }
  }
}

# Two AI calls. Run it twice: each counts once.
mutation Track {
  trackUsage(input: {
    tenantId: "acme"
    events: [{
      idempotencyKey: "try-1"
      operation: "chat_message"
      provider: "openai"
      model: "gpt-5-mini"
      tokens: { input: 1200, output: 350 }
      latencyMs: 1250
      metadata: {
        customerId: "cust_0001"
        featureId: "chat"
      }
    }, {
      idempotencyKey: "try-2"
      operation: "chat_message"
      provider: "anthropic"
      model: "claude-sonnet-4-5"
      tokens: {
        input: 800, output: 200, cacheRead: 4000
      }
      units: { kind: "web_search", quantity: 2 }
      latencyMs: 2100
      metadata: {
        customerId: "cust_0002"
        featureId: "search"
      }
    }]
  }) {
    __typename
    ... on TrackUsagePayload {
      results {
        outcome
        reason
        event { id cost pricingState }
      }
    }
    ... on Error { code message }
  }
}

# The events, newest first.
query Events {
  usageEvents(
    range: {
      from: "2026-01-01T00:00:00Z"
      to: "2100-01-01T00:00:00Z"
    }
    first: 10
  ) {
    nodes {
      id
      occurredAt
      tenant { id }
      model
      cost
      metadata { customerId featureId }
    }
    pageInfo { hasNextPage endCursor }
  }
}

# Where to look in the documentation:
#
# Tenants:  tenants createTenant createApiKey
#           createAccessToken
# Usage:    usage usageEvents topConsumers
#           trackUsage usageUpdates
# Prices:   prices publishPrice
# Charges:  chargeRules explainCharge
#           publishMarkup publishDiscount
# Quotas:   quotaStatus quotaAlerts setQuota
#           enforceQuotas reserveQuotas
# Credits:  wallet creditEntries grantCredits
# Billing:  subscribe billingSummary invoices
#           runBilling recordPayment
# Audit:    auditTrail auditVerification
# Alerts:   alerts alertRules
#           createWebhookEndpoint
# Live:     live
`

const LAST_30_DAYS = `# Totals, the change against the 30 days before,
# and a point for each day.
query Last30Days {
  usage(period: LAST_30_DAYS) {
    totals {
      calls
      tokens { total }
      cost
      errorRate
      latencyMs { p50 p95 }
      unpricedCalls
    }
    change { calls cost }
    series(granularity: DAY) {
      start
      measures { calls cost }
    }
  }
}
`

const PIVOT = `# The five largest combinations, and all others
# as one. Any dimensions can be combined.
query ByModelAndFeature {
  usage(period: LAST_30_DAYS) {
    groups(
      by: [MODEL, FEATURE]
      orderBy: COST
      first: 5
    ) {
      groupCount
      groups {
        key { dimension value }
        measures { calls cost tokens { total } }
      }
      other { calls cost }
    }
  }
}

# Only some events.
query Filtered {
  usage(
    period: LAST_30_DAYS
    filter: { operations: ["chat_message"] }
  ) {
    totals { calls cost }
  }
}
`

const QUOTAS = `# Quotas above 80 % of their limits.
query NearLimits {
  exceededQuotas(atLeastPercent: "80") {
    nodes {
      id
      tenant { id name }
      metric
      window
      used
      limit
      percentage
    }
  }
}

# All quotas of one tenant.
query QuotasOfTenant {
  quotaStatus(tenantId: "acme") {
    plan
    quotas {
      id
      metric
      window
      used
      remaining
      limit
      resetsAt
    }
  }
}

# What alerted.
query QuotaAlerts {
  quotaAlerts(first: 10) {
    followAfter
    nodes {
      tenant { id }
      metric
      threshold
      used
      limit
      occurredAt
    }
  }
}
`

const SET_QUOTA = `# A wrong limit: the answer names the field.
# Then change the variable to "100000".
mutation SetQuota($limit: Decimal) {
  setQuota(input: {
    tenantId: "acme"
    metric: TOKENS
    window: DAY
    limit: $limit
  }) {
    __typename
    ... on SetQuotaPayload {
      quota { id used limit percentage }
    }
    ... on Error { code message }
    ... on InvalidInputError {
      issues { path message }
    }
  }
}
`

const LIVE = `# Everything that a page follows, and one cursor.
# Run "Track" in the first tab meanwhile.
subscription Live {
  live {
    cursor
    usage {
      today { calls cost }
    }
    quotaAlert { metric threshold used limit }
    alert { type message }
    creditAlert { kind balance }
  }
}
`

const PRICES = `# Events have the price of their time.
query Prices {
  prices(
    provider: "openai"
    model: "gpt-5-mini"
    first: 20
  ) {
    nodes {
      source
      model
      serviceTier
      region
      from
      perMillionTokens {
        input cacheRead output
      }
    }
  }
}

# A price of your own, for all tenants.
mutation PublishPrice {
  publishPrice(input: {
    provider: "in-house"
    model: "our-llm"
    from: "2026-01-01T00:00:00Z"
    perMillionTokens: {
      input: "0.40", output: "1.20"
    }
  }) {
    __typename
    ... on PublishPricePayload {
      price { id provider model }
    }
    ... on Error { code message }
  }
}
`

/** The tabs that GraphiQL opens with: operations that work on a new server, in the order in which to try them. */
export const GRAPHIQL_TABS: readonly GraphiQLTab[] = [
  { query: START },
  { query: LAST_30_DAYS },
  { query: PIVOT },
  { query: QUOTAS },
  { query: SET_QUOTA, variables: '{\n  "limit": "-1"\n}' },
  { query: LIVE },
  { query: PRICES },
]
