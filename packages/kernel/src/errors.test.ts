import { describe, expect, it, vi } from 'vitest'
import { describeIssues, DomainError, InvalidInput, isDomainError } from './errors.ts'

class CardDeclined extends DomainError<'CARD_DECLINED'> {
  constructor(options?: ErrorOptions) {
    super('CARD_DECLINED', 'The card was declined.', options)
  }
}

describe('DomainError', () => {
  it('has a code, the name of its class, a message and a cause', () => {
    const cause = new Error('bank')
    expect(new CardDeclined({ cause })).toMatchObject({ code: 'CARD_DECLINED', name: 'CardDeclined', message: 'The card was declined.', cause })
  })
  it('is recognised when another copy of this package created it', async () => {
    vi.resetModules()
    const copy = await import('./errors.ts')
    const foreign = new copy.InvalidInput([])
    expect(foreign).not.toBeInstanceOf(DomainError)
    expect(isDomainError(foreign)).toBe(true)
    expect(copy.isDomainError(new CardDeclined())).toBe(true)
  })
  it.each([new Error('defect'), Object.assign(new Error('system'), { code: 'ECONNREFUSED' }), { code: 'CARD_DECLINED' }, 'CARD_DECLINED', null, undefined])(
    'is not %s',
    other => {
      expect(isDomainError(other)).toBe(false)
    },
  )
})

describe('InvalidInput', () => {
  it('names every field in its message and keeps the issues', () => {
    const issues = [
      { path: 'tokens.input', message: 'must not be negative' },
      { path: '', message: 'has no events' },
    ]
    const error = new InvalidInput(issues)
    expect(error.message).toBe('tokens.input: must not be negative; has no events')
    expect(error.issues).toEqual(issues)
  })
  it('describes ten issues and counts the rest', () => {
    const issues = Array.from({ length: 12 }, (_, position) => ({ path: `events[${position}]`, message: 'is wrong' }))
    expect(describeIssues(issues)).toMatch(/^events\[0\]: is wrong; .*events\[9\]: is wrong; and 2 more$/)
  })
})
