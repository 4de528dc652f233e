import { Temporal } from '@tollgate/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeChargeRule } from '../../testing/charge-rule.ts'
import type { ChargeRule } from '../../model/rules/charge-rule.ts'
import { chargeRuleParts } from './charge-rule-parts.ts'
import { chargeRulesFor } from './charge-rules-in-effect.ts'
import { discountsInTime } from './discounts-in-time.ts'

const instant = (text: string) => Temporal.Instant.from(text)
const range = { from: instant('2026-11-01T00:00:00Z'), to: instant('2026-12-01T00:00:00Z') }
const acme = { tenantId: 'acme', plan: 'pro', range }
const rule = (version: number, traits: Parameters<typeof makeChargeRule>[0]): ChargeRule => ({ ...makeChargeRule(traits), version })
const starts = (rules: readonly ChargeRule[], more: object = {}) =>
  chargeRuleParts(rules, { ...acme, ...more }).map(part => part.range.from.toString().slice(5, 10))
const percent = (value: number) => ({ kind: 'markup' as const, percent: value })

describe('a range is cut', () => {
  const launch = { kind: 'discount' as const, name: 'launch' }
  const off = (discount: object) => ({ kind: 'discount' as const, discount: { effect: { kind: 'percentage' as const, percent: 10 }, ...discount } })
  it.each<{ name: string; rules: ChargeRule[]; cuts: string[] }>([
    { name: 'nowhere without rules', rules: [], cuts: ['11-01'] },
    { name: 'nowhere by a rule that is always in effect', rules: [rule(1, {})], cuts: ['11-01'] },
    { name: 'where a rule starts', rules: [rule(1, { from: '2026-11-10T00:00:00Z' })], cuts: ['11-01', '11-10'] },
    { name: 'where a rule ends', rules: [rule(1, { to: '2026-11-20T00:00:00Z' })], cuts: ['11-01', '11-20'] },
    { name: 'not at the ends of the range', rules: [rule(1, { from: '2026-11-01T00:00:00Z', to: '2026-12-01T00:00:00Z' })], cuts: ['11-01'] },
    {
      name: 'where another version replaces a rule, and where that one ends',
      rules: [rule(1, {}), rule(2, { from: '2026-11-05T00:00:00Z', to: '2026-11-07T00:00:00Z', terms: percent(30) })],
      cuts: ['11-01', '11-05', '11-07'],
    },
    { name: 'not by a version with the same terms', rules: [rule(1, {}), rule(2, { from: '2026-11-05T00:00:00Z' })], cuts: ['11-01'] },
    { name: 'where a rule is withdrawn', rules: [rule(1, {}), rule(2, { from: '2026-11-05T00:00:00Z', terms: null })], cuts: ['11-01', '11-05'] },
    {
      name: 'where a version for another tenant replaces a rule',
      rules: [rule(1, {}), rule(2, { from: '2026-11-05T00:00:00Z', to: '2026-11-07T00:00:00Z', tenantId: 'globex' })],
      cuts: ['11-01', '11-05', '11-07'],
    },
    { name: 'not by a rule for another tenant', rules: [rule(1, { from: '2026-11-05T00:00:00Z', tenantId: 'globex' })], cuts: ['11-01'] },
    { name: 'not by a rule for another plan', rules: [rule(1, { from: '2026-11-05T00:00:00Z', plan: 'free' })], cuts: ['11-01'] },
    {
      name: 'where a discount becomes valid and expires',
      rules: [rule(1, { ...launch, terms: off({ conditions: [{ kind: 'validity', from: '2026-11-03T00:00:00Z', to: '2026-11-09T00:00:00Z' }] }) })],
      cuts: ['11-01', '11-03', '11-09'],
    },
  ])('$name', ({ rules, cuts }) => {
    expect(starts(rules)).toEqual(cuts)
  })
  it('at additional cuts', () => {
    const cuts = [instant('2026-11-04T00:00:00Z'), instant('2027-01-01T00:00:00Z'), range.from]
    expect(starts([], { cuts })).toEqual(['11-01', '11-04'])
  })
  const night = { kind: 'hours-of-day' as const, from: '22:00', to: '06:00', timeZone: 'Asia/Kolkata' }
  const weekend = { kind: 'weekdays' as const, days: ['saturday', 'sunday'] as const, timeZone: 'Asia/Kolkata' }
  const days = (from: string, to: string) => ({ kind: 'validity' as const, from: `2026-11-${from}T18:30:00Z`, to: `2026-11-${to}T18:30:00Z` })
  it('where hours and weekdays of a discount start and end', () => {
    const nightly = rule(1, { ...launch, terms: off({ conditions: [night] }) })
    expect(starts([nightly])).toHaveLength(61)
    expect(starts([rule(1, { ...launch, terms: off({ conditions: [weekend] }) })])).toEqual(
      ['11-01', '11-01', '11-06', '11-08', '11-13', '11-15', '11-20', '11-22', '11-27', '11-29'], // In UTC, the evenings before.
    )
    // Both, which share some bounds.
    const both = [nightly, rule(2, { kind: 'discount', name: 'weekends', terms: off({ conditions: [weekend] }) })]
    expect(starts(both)).toHaveLength(70)
    // A change between two versions with the same terms does not cut.
    expect(
      starts([
        rule(1, { ...launch, terms: off({ conditions: [night] }) }),
        rule(2, { ...launch, from: '2026-11-10T00:00:00Z', terms: off({ conditions: [night] }) }),
      ]),
    ).toHaveLength(61)
  })
  it('by hours only while the discount is in effect, valid and able to apply', () => {
    const valid = rule(1, { ...launch, terms: off({ conditions: [night, days('09', '10')] }) })
    expect(chargeRuleParts([valid], acme).map(part => String(part.range.from))).toEqual([
      '2026-11-01T00:00:00Z',
      '2026-11-09T18:30:00Z',
      '2026-11-10T00:30:00Z',
      '2026-11-10T16:30:00Z',
      '2026-11-10T18:30:00Z',
    ])
    expect(starts([rule(1, { ...launch, from: '2026-11-29T16:30:00Z', terms: off({ conditions: [night] }) })])).toEqual(['11-01', '11-29', '11-30', '11-30'])
    expect(starts([rule(1, { ...launch, terms: off({ conditions: [night, days('09', '12'), days('12', '14')] }) })])).toEqual(['11-01'])
    expect(starts([valid], { canApply: () => false })).toEqual(['11-01'])
    expect(starts([valid, rule(2, { name: 'm', from: '2026-11-05T00:00:00Z' })], { withoutDiscounts: true })).toEqual(['11-01', '11-05'])
  })
  it('at most into 1,000 parts, and else rejected with advice', () => {
    const years = { ...acme, range: { from: range.from, to: range.from.add({ hours: 24 * 365 * 8000 }) } }
    const nightly = rule(1, { ...launch, terms: off({ conditions: [night] }) })
    expect(() => chargeRuleParts([nightly], years)).toThrow(/^range: has more than 1,000 parts .*; choose a shorter range/)
    const long = (nights: number) => ({
      ...acme,
      range: { from: instant('2026-11-01T16:30:00Z'), to: instant('2026-11-01T16:30:00Z').add({ hours: 24 * nights }) },
    })
    expect(chargeRuleParts([nightly], long(500))).toHaveLength(1_000)
    expect(() => chargeRuleParts([nightly], long(501))).toThrow('more than 1,000 parts')
    const hourly = Array.from({ length: 101 }, (_, i) => rule(i + 1, { from: range.from.add({ hours: i + 1 }).toString(), terms: percent(i) }))
    expect(chargeRuleParts(hourly, acme)).toHaveLength(102)
  })
})

it('parts adjoin, cover the range, and have the rules in effect at every time', () => {
  const hour = fc.integer({ min: -48, max: 800 })
  const at = (hours: number) => range.from.add({ hours })
  const version = fc.record({
    from: hour,
    length: fc.option(fc.integer({ min: 1, max: 300 }), { nil: undefined }),
    percent: fc.nat({ max: 3 }),
    name: fc.constantFrom('a', 'b'),
  })
  fc.assert(
    fc.property(
      fc.array(version, { maxLength: 8 }),
      fc.array(
        hour.filter(hours => hours >= 0 && hours < 720),
        { maxLength: 5 },
      ),
      (versions, probes) => {
        const rules = versions.map(({ from, length, percent: value, name }, i) =>
          rule(i + 1, { name, from: at(from).toString(), ...(length !== undefined && { to: at(from + length).toString() }), terms: percent(value) }),
        )
        const parts = chargeRuleParts(rules, acme)
        expect([parts[0]?.range.from, parts.at(-1)?.range.to].map(String)).toEqual([range.from, range.to].map(String))
        for (const [i, part] of parts.entries()) if (i > 0) expect(String(part.range.from)).toBe(String(parts[i - 1]?.range.to))
        for (const probe of probes.map(at)) {
          const part = parts.find(one => Temporal.Instant.compare(probe, one.range.to) < 0)
          const percents = (set: ReturnType<typeof chargeRulesFor> | undefined) => set?.markups.mostSpecificFirst.map(markup => markup.percent.toFixed())
          expect(percents(part?.rules)).toEqual(percents(chargeRulesFor(rules, { at: probe, tenantId: 'acme', plan: 'pro' })))
        }
      },
    ),
  )
})

it('time conditions of discounts do not change within a part', () => {
  const minute = fc.integer({ min: 0, max: 720 * 60 - 1 })
  const at = (minutes: number) => range.from.add({ minutes })
  const timeZone = fc.constantFrom('UTC', 'Asia/Kolkata', 'America/New_York') // Clocks in New York go back on November 1.
  const hour = fc.integer({ min: 0, max: 22 }).map(hours => `${String(hours).padStart(2, '0')}:30`)
  const condition = fc.oneof(
    fc.tuple(minute, minute).map(([one, other]) => ({ kind: 'validity' as const, from: at(Math.min(one, other)), to: at(Math.max(one, other) + 1) })),
    fc.record({ kind: fc.constant('hours-of-day' as const), from: hour, to: fc.constantFrom('00:00', '02:00', '23:59'), timeZone }),
    fc.record({ kind: fc.constant('weekdays' as const), days: fc.constantFrom(['monday'] as const, ['friday', 'sunday'] as const), timeZone }),
  )
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.array(condition, { maxLength: 3 }), minute), { minLength: 1, maxLength: 3 }),
      fc.array(minute, { maxLength: 20 }),
      (discounts, probes) => {
        const rules = discounts.map(([conditions, from], i) =>
          rule(i + 1, {
            kind: 'discount',
            name: `d${i}`,
            from: at(from).toString(),
            terms: { kind: 'discount', discount: { effect: { kind: 'percentage', percent: 10 }, conditions } },
          }),
        )
        const parts = chargeRuleParts(rules, acme)
        const holding = (probe: Temporal.Instant) =>
          discountsInTime(chargeRulesFor(rules, { at: probe, tenantId: 'acme', plan: 'pro' }).discounts, probe).map(({ id }) => id)
        for (const probe of probes.map(at)) {
          const part = parts.findLast(one => Temporal.Instant.compare(one.range.from, probe) <= 0)
          const inPart = part && discountsInTime(part.rules.discounts, part.range.from).map(({ id }) => id)
          expect({ probe: String(probe), holding: inPart }).toEqual({ probe: String(probe), holding: holding(probe) })
        }
      },
    ),
  )
})
