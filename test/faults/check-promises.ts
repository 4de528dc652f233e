import type { Installation } from './installation.ts'
import type { Ledger, QuotaOperation } from './ledger.ts'
import type { Operation } from './line-client.ts'
import type { Sender } from './send-until-known.ts'
import { LIMITS, type LoadTenant } from './tenants.ts'
import { TOKENS_OF_CREDIT } from './track-events.ts'

/** What a check compares. The load is paused, and every outcome is known. */
export interface PromiseCheck {
  readonly installation: Installation
  readonly tenants: readonly LoadTenant[]
  readonly ledger: Ledger
  readonly sender: Sender
}

interface Counted {
  readonly calls: number
  readonly tokens: number
}

interface Report {
  readonly breakdown: readonly {
    readonly key: readonly [{ readonly value: string }]
    readonly measures: { readonly calls: number; readonly tokens: { readonly total: number | string } }
  }[]
}

interface QuotaUsage {
  readonly nodes: readonly {
    readonly operation: string | null
    readonly metric: string
    readonly scopeValue: readonly (string | null)[]
    readonly used: string
    readonly reserved: string
  }[]
}

const REPORT: Operation<Report> = `{ result: usage(range: { from: "2026-01-01T00:00:00Z", to: "2040-01-01T00:00:00Z" }) {
  breakdown(by: [CUSTOMER], first: 1000) { key { value } measures { calls tokens { total } } } } }`
const QUOTAS: Operation<QuotaUsage> = '{ result: quotaUsage(first: 1000) { nodes { operation metric scopeValue used reserved } } }'

const CHANGES = `
  with versions as (
    select xmin::text as transaction from pricing.charge_rules where tenant_id = $1
  ), events as (
    select xmin::text as transaction from audit.events
    where tenant_id = $1 and result = 'success' and action in ('chargeRuleCreated', 'chargeRuleChanged')
  )
  select (select count(*) from versions) as versions, (select count(*) from events) as events,
    (select count(*) from versions join events using (transaction)) as together`

/** Compares events, rollups, quotas and audited changes with the ledger. Every difference is a breach. */
export async function checkPromises(check: PromiseCheck): Promise<void> {
  for (const tenant of check.tenants) {
    await checkEvents(check, tenant)
    await checkRollups(check, tenant)
    await checkQuotas(check, tenant)
    await checkAudit(check, tenant)
    await checkCredits(check, tenant)
  }
}

/** Every version of a charge rule was committed together with its audit event, and every event with its version. */
async function checkAudit({ installation, ledger }: PromiseCheck, { id }: LoadTenant): Promise<void> {
  const [counts] = await installation.query<{ versions: string; events: string; together: string }>(CHANGES, [id])
  const { versions, events, together } = counts ?? { versions: '0', events: '0', together: '0' }
  if (versions !== events || versions !== together)
    ledger.breach(`${versions} versions of charge rules of ${id} have ${events} audit events, of which ${together} are of the same transaction.`)
}

const DEBITS = `select count(*) as debits, count(distinct event_id) as events, (coalesce(sum(amount), 0) * $2::int)::text as tokens
  from (
    select event_id, consumed as amount from credits.entries where tenant_id = $1 and event_id is not null
    union all
    select debit.* from credits.entries, unnest(event_ids, amounts) as debit where tenant_id = $1 and event_ids is not null
  ) as debits`

/** Every acknowledged event of all rounds was debited once, with its credits, and no other event was. */
async function checkCredits({ installation, ledger }: PromiseCheck, { id }: LoadTenant): Promise<void> {
  const [row] = await installation.query<{ debits: string; events: string; tokens: string }>(DEBITS, [id, TOKENS_OF_CREDIT])
  const owed = ledger.rounds().flatMap(round => [...ledger.of(id, round).events.values()])
  const tokens = owed.reduce((sum, amount) => sum + amount, 0)
  const debited = { debits: Number(row?.debits), events: Number(row?.events), tokens: Number(row?.tokens) }
  if (debited.debits !== owed.length || debited.events !== owed.length || debited.tokens !== tokens)
    ledger.breach(`The wallet of ${id} shows ${JSON.stringify(debited)}, and ${owed.length} events of ${tokens} tokens were acknowledged.`)
}

/** The events of the round are those that were acknowledged, each once. */
async function checkEvents({ installation, ledger }: PromiseCheck, { id }: LoadTenant): Promise<void> {
  const round = ledger.round()
  const { events, refusedEvents } = ledger.of(id)
  const rows = await installation.query<{ key: string; tokens: string }>(
    `select idempotency_key as key, coalesce(input_tokens, 0) + coalesce(output_tokens, 0) as tokens from usage.events where tenant_id = $1 and idempotency_key like $2 || '-%'`,
    [id, round],
  )
  const stored = new Map(rows.map(({ key, tokens }) => [key, Number(tokens)]))
  if (stored.size !== rows.length) ledger.breach(`${rows.length - stored.size} events of ${id} in ${round} are stored twice.`)
  for (const [key, tokens] of events)
    if (stored.get(key) !== tokens) ledger.breach(`The acknowledged event ${key} of ${id} has ${stored.get(key) ?? 'no row and no'} tokens and not ${tokens}.`)
  for (const key of stored.keys()) {
    if (refusedEvents.has(key)) ledger.breach(`Event ${key} of ${id} was refused, and is stored.`)
    else if (!events.has(key)) ledger.breach(`Event ${key} of ${id} is stored, and nobody sent it.`)
  }
}

/** Reports of all rounds show what was acknowledged. */
async function checkRollups({ ledger, sender }: PromiseCheck, { id, key }: LoadTenant): Promise<void> {
  const answer = await sender.sendUntilKnown(key, { query: REPORT })
  const reported = new Map<string, Counted>(
    answer?.data.breakdown.map(({ key: [customer], measures }) => [customer.value, { calls: measures.calls, tokens: Number(measures.tokens.total) }]),
  )
  for (const round of ledger.rounds()) {
    const { events } = ledger.of(id, round)
    const owed: Counted = { calls: events.size, tokens: events.values().reduce((sum, tokens) => sum + tokens, 0) }
    const shown = reported.get(round) ?? { calls: 0, tokens: 0 }
    if (shown.calls !== owed.calls || shown.tokens !== owed.tokens)
      ledger.breach(`Reports of ${id} in ${round} show ${JSON.stringify(shown)} and not ${JSON.stringify(owed)}.`)
  }
}

/** Quotas of all rounds have counted what was admitted, and never more than the limit. */
async function checkQuotas({ ledger, sender }: PromiseCheck, { id, key }: LoadTenant): Promise<void> {
  const answer = await sender.sendUntilKnown(key, { query: QUOTAS })
  const shown = new Map<string, { used: number; reserved: number }>(
    answer?.data.nodes.map(({ operation, metric, scopeValue, used, reserved }) => [
      `${operation ?? metric} ${scopeValue[0]}`,
      { used: Number(used), reserved: Number(reserved) },
    ]),
  )
  const of = (name: string, round: string) => shown.get(`${name} ${round}`) ?? { used: 0, reserved: 0 }
  for (const round of ledger.rounds()) {
    const { events, quotas } = ledger.of(id, round)
    const fail = (what: string) => ledger.breach(`${id} in ${round}: ${what}`)
    const tokens = events.values().reduce((sum, amount) => sum + amount, 0)
    const { used } = of('TOKENS', round)
    if (used !== tokens) fail(`the quota of tokens counted ${used} and not ${tokens}.`)
    for (const operation of Object.keys(LIMITS) as QuotaOperation[]) {
      const counted = of(operation, round)
      const { admitted, open, smallestRefusal } = quotas[operation]
      const limit = LIMITS[operation]
      const mostUsed = operation === 'lease' ? limit : admitted // A lease of a killed server counts as used.
      const mostReserved = operation === 'hold' ? open : limit
      if (admitted > limit || counted.used > limit) fail(`${operation} admitted ${admitted} and counted ${counted.used} at a limit of ${limit}.`)
      if (counted.used < admitted - (operation === 'lease' ? counted.reserved : 0) || counted.used > mostUsed)
        fail(`${operation} counted ${counted.used}, and ${admitted} were admitted.`)
      if (counted.reserved > mostReserved) fail(`${operation} still holds ${counted.reserved} of at most ${mostReserved}.`)
      if (operation === 'take' && admitted + smallestRefusal <= limit) fail(`take refused ${smallestRefusal} with ${admitted} of ${limit} admitted.`)
    }
  }
}
