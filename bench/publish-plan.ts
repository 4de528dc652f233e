import { type Benchmark, compare } from './benchmark.ts'
import { median } from './kit/measure.ts'
import { type BenchmarkTollgate, startTollgate } from './kit/tollgate.ts'

const SUBSCRIBERS = 1_000
const OTHERS = 99_000
/** Each publication has a limit of another window than the one before, whose counters have to be seeded. */
const WINDOWS = ['HOUR', 'DAY', 'WEEK', 'MONTH', 'DAY']

/** Publishes quota plans over HTTP GraphQL. Usage is not counted meanwhile, so it must not take longer for tenants that do not have the plan. */
export const publishPlan: Benchmark = {
  name: 'publish-plan',
  async run() {
    await using tollgate = await startTollgate({ connections: 1 })
    const pool = tollgate.connect(1)
    const addTenants = async (tier: string, count: number) => {
      await pool.query(
        `insert into accounts.tenants (id, name, tier, time_zone, currency, created_at)
         select $1 || '-' || n, 'Tenant', $1, case n % 3 when 0 then 'UTC' when 1 then 'Asia/Kolkata' else 'America/New_York' end, 'USD', now()
         from generate_series(1, $2::integer) as n`,
        [tier, count],
      )
      await pool.query(
        `insert into quotas.counters (id, tenant_id, slot, scope_value, window_from, window_to, used)
         select gen_random_uuid(), $1 || '-' || n, 'tokens/day//', '[]', date_trunc('day', now()), date_trunc('day', now()) + interval '1 day', 10
         from generate_series(1, $2::integer) as n`,
        [tier, count],
      )
      await pool.query('vacuum analyze')
    }
    await addTenants('pro', SUBSCRIBERS)
    await publish(tollgate, 'pro')
    const alone = await publish(tollgate, 'pro')
    await addTenants('business', OTHERS)
    const among = await publish(tollgate, 'pro')
    const large = await publish(tollgate, 'business')
    return [
      compare({ name: `publish a plan of 1,000 tenants among 100,000 / without the others`, ours: among, peer: alone, unit: 'ms', aim: { atMost: 1.5 } }),
      compare({
        name: `publish a plan of 99,000 tenants, for each 1,000 / a plan of 1,000 tenants`,
        ours: (large * SUBSCRIBERS) / OTHERS,
        peer: among,
        unit: 'ms',
        aim: { atMost: 1.5 },
      }),
    ]
  },
}

/** Returns the milliseconds that a publication takes. */
async function publish({ send }: BenchmarkTollgate, name: string): Promise<number> {
  const times: number[] = []
  for (const window of WINDOWS) {
    const input = `{ name: "${name}", unlisted: ALLOW, policies: [{ metric: TOKENS, window: ${window}, limit: "1000" }] }`
    const startMs = performance.now()
    await send(JSON.stringify({ query: `mutation { publishQuotaPlan(input: ${input}) { __typename ... on Error { message } } }` }))
    times.push(performance.now() - startMs)
  }
  return median(times)
}
