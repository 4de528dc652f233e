import fc from 'fast-check'

const owner = fc.constantFrom(null, null, null, 'ana', 'ben')
const amount = fc.integer({ min: 1, max: 240 }).map(eighths => String(eighths / 8))
const rollover = fc.oneof(
  fc.constant({ kind: 'none' as const }),
  fc.constant({ kind: 'all' as const }),
  fc.record({ kind: fc.constant('up_to_amount' as const), max: amount }),
  fc.record({ kind: fc.constant('up_to_percentage' as const), max: fc.integer({ min: 0, max: 100 }).map(String) }),
)
const priority = fc.integer({ min: 0, max: 2 })
const pick = fc.nat(11)

// Few different times, so that much becomes due at the same time.
const hours = fc.constantFrom(1, 2, 3, 6, 12)

const grant = fc.record({
  kind: fc.constant('grant' as const),
  owner,
  amount,
  priority,
  // Allowances start at midnight, which is 12 hours after the start of the test.
  startsIn: fc.constantFrom(-3, 0, 0, 0, 1, 2, 3, 12),
  lasts: fc.option(fc.constantFrom(1, 2, 3, 6, 1_000), { freq: 3 }),
  rollover,
})
const spend = fc.record({ kind: fc.constant('spend' as const), owner, amount })
const reserve = fc.record({ kind: fc.constant('reserve' as const), owner, amount, hours })

/** Any command on the wallets of a tenant and its customers, or a step of the clock. Calls are named by their position. */
export const ledgerStep = fc.oneof(
  { arbitrary: grant, weight: 5 },
  { arbitrary: spend, weight: 3 },
  { arbitrary: reserve, weight: 4 },
  { arbitrary: fc.record({ kind: fc.constant('debit' as const), owner, amounts: fc.array(amount, { minLength: 1, maxLength: 4 }) }), weight: 3 },
  { arbitrary: fc.record({ kind: fc.constant('settle' as const), pick, amount: fc.oneof(amount, fc.constant('0.5')) }), weight: 3 },
  // The event of a settled reservation.
  { arbitrary: fc.record({ kind: fc.constant('settle_by_event' as const), pick, owner, amount }), weight: 1 },
  { arbitrary: fc.record({ kind: fc.constant('release' as const), pick }), weight: 1 },
  { arbitrary: fc.record({ kind: fc.constant('extend' as const), pick, hours }), weight: 1 },
  { arbitrary: fc.record({ kind: fc.constant('void' as const), pick, amount: fc.option(amount) }), weight: 2 },
  { arbitrary: fc.record({ kind: fc.constant('transfer' as const), from: owner, to: owner, amount }), weight: 2 },
  // Positive if the usage turns out to cost more.
  { arbitrary: fc.record({ kind: fc.constant('correct' as const), pick, cost: amount }), weight: 1 },
  { arbitrary: fc.record({ kind: fc.constant('repeat' as const), pick, otherAmount: fc.boolean() }), weight: 1 },
  {
    arbitrary: fc.record({
      kind: fc.constant('terms' as const),
      owner,
      whenEmpty: fc.oneof(
        fc.constant({ kind: 'block' as const }),
        fc.constant({ kind: 'allow' as const }),
        fc.record({ kind: fc.constant('overdraft' as const), limit: amount }),
      ),
    }),
    weight: 2,
  },
  {
    arbitrary: fc.record({
      kind: fc.constant('allowance' as const),
      owner,
      id: fc.constantFrom('pro', 'extra'),
      amount,
      anchorDay: fc.constantFrom(1, 11, 31),
      priority,
      rollover,
      lastsDays: fc.option(fc.integer({ min: 1, max: 80 }), { freq: 3 }),
    }),
    weight: 1,
  },
  {
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      hours: fc.oneof({ arbitrary: hours, weight: 6 }, { arbitrary: fc.constant(31 * 24), weight: 1 }),
    }),
    weight: 5,
  },
)

/** A step of the test. */
export type LedgerStep = typeof ledgerStep extends fc.Arbitrary<infer Step> ? Step : never
