import { Decimal, InvalidInput } from '@tollgate/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defineMarkups, findMarkup, type MarkupDraft, type MarkupScope } from '../../model/markups/markups.ts'
import { markUp } from './apply-markup.ts'

const drafts: readonly MarkupDraft[] = [
  { id: 'all', percent: '20' },
  { id: 'openai', percent: '15', provider: 'OpenAI' },
  { id: 'gpt-5', percent: '12', model: 'gpt-5' },
  { id: 'openai gpt-5', percent: '11', provider: 'openai', model: 'gpt-5' },
  { id: 'pro', percent: '10', plan: 'pro' },
  { id: 'acme', percent: '5', tenantId: 'acme' },
  { id: 'acme gpt-5', percent: '0', tenantId: 'acme', model: 'gpt-5' },
]

describe.each<{ charge: MarkupScope; markup: string }>([
  { charge: {}, markup: 'all' },
  { charge: { provider: 'openai', model: 'gpt-4' }, markup: 'openai' },
  { charge: { provider: 'azure', model: 'GPT-5' }, markup: 'gpt-5' },
  { charge: { provider: 'openai', model: 'gpt-5' }, markup: 'openai gpt-5' },
  { charge: { provider: 'openai', model: 'gpt-5', plan: 'pro' }, markup: 'pro' }, // the plan takes precedence over the model
  { charge: { provider: 'openai', plan: 'pro', tenantId: 'acme' }, markup: 'acme' },
  { charge: { provider: 'openai', model: 'gpt-5', plan: 'pro', tenantId: 'acme' }, markup: 'acme gpt-5' },
  { charge: { tenantId: 'Acme' }, markup: 'all' }, // ids are case-sensitive
])('markup for $charge', ({ charge, markup }) => {
  it(`is ${markup}`, () => {
    expect(findMarkup(defineMarkups(drafts), charge)?.id).toBe(markup)
    expect(findMarkup(defineMarkups(drafts.toReversed()), charge)?.id).toBe(markup)
  })
})

it('adds a percentage of the amount and explains it', () => {
  const { amount, step } = markUp(defineMarkups(drafts), { plan: 'pro', model: 'x' }, new Decimal('0.00495'))
  expect(amount.toFixed()).toBe('0.005445')
  expect(step).toMatchObject({
    rule: 'pro',
    percent: '10',
    before: '0.00495',
    after: '0.005445',
    applied: true,
    reason: 'most specific match: plan pro',
  })
})

it('adds nothing if no markup matches', () => {
  const { amount, step } = markUp(defineMarkups([{ id: 'pro', percent: 10, plan: 'pro' }]), { plan: 'free' }, new Decimal(1))
  expect(amount.toFixed()).toBe('1')
  expect(step).toMatchObject({ rule: null, percent: null, applied: false, reason: 'no markup matches' })
})

describe.each<{ name: string; markups: readonly unknown[]; path: string }>([
  { name: 'a duplicate id', markups: [drafts[0], { ...drafts[1], id: 'all' }], path: 'markups.1.id' },
  { name: 'two markups for the same charges', markups: [drafts[1], { id: 'other', percent: 1, provider: 'openai', plan: null }], path: 'markups.1' },
  { name: 'a negative percentage', markups: [{ id: 'a', percent: '-1' }], path: 'markups.0.percent' },
  { name: 'an unknown field', markups: [{ id: 'a', percent: '1', tenant: 'acme' }], path: 'markups.0.tenant' },
])('markups with $name', ({ markups, path }) => {
  it('are rejected', () => {
    const error = catchError(() => defineMarkups(markups as readonly MarkupDraft[]))
    expect(error instanceof InvalidInput && error.issues.map(issue => issue.path)).toEqual([path])
  })
})

it('the matching markup does not depend on the order of markups', () => {
  const scope = fc.record(
    { tenantId: fc.constantFrom('a', 'b'), plan: fc.constantFrom('a', 'b'), provider: fc.constantFrom('a', 'b'), model: fc.constantFrom('a', 'b') },
    { requiredKeys: [] },
  )
  const scopes = fc.uniqueArray(scope, { maxLength: 12, selector: one => JSON.stringify([one.tenantId, one.plan, one.provider, one.model]) })
  const inTwoOrders = scopes
    .map(ofs => ofs.map((of, position): MarkupDraft => ({ id: `${position}`, percent: position, ...of })))
    .chain(markups => fc.record({ markups: fc.constant(markups), shuffled: fc.shuffledSubarray(markups, { minLength: markups.length }) }))
  fc.assert(
    fc.property(inTwoOrders, scope, ({ markups, shuffled }, charge) => {
      const found = findMarkup(defineMarkups(markups), charge)
      expect(findMarkup(defineMarkups(shuffled), charge)).toEqual(found)
      // No other match has all fields of the found markup and more.
      const matching = markups.filter(one =>
        (['tenantId', 'plan', 'provider', 'model'] as const).every(name => one[name] === undefined || one[name] === charge[name]),
      )
      expect(found === undefined).toBe(matching.length === 0)
      const names = (one: MarkupScope | MarkupDraft) => (['tenantId', 'plan', 'provider', 'model'] as const).filter(name => one[name] !== undefined)
      for (const other of matching) {
        if (found === undefined || other.id === found.id) continue
        expect(names(found).every(name => names(other).includes(name))).toBe(false)
      }
    }),
  )
})

function catchError(run: () => unknown): unknown {
  try {
    return run()
  } catch (error) {
    return error
  }
}
