import { beforeEach, describe, expect, it } from 'vitest'
import { createSessionStore } from './session.ts'

const NOW = Date.parse('2026-03-10T12:00:00Z')
const LATER = '2026-03-10T13:00:00Z'

let kept: Map<string, string>
const storage = {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
  removeItem: (key: string) => void kept.delete(key),
}

beforeEach(() => {
  kept = new Map()
})

describe('the session of a tab', () => {
  it('is there again after a reload', () => {
    createSessionStore(storage, () => NOW).start({ token: 'tgs_1', expiresAt: LATER })
    expect(createSessionStore(storage, () => NOW).current()).toEqual({ token: 'tgs_1', expiresAt: LATER })
  })

  it('is gone once it has expired', () => {
    createSessionStore(storage, () => NOW).start({ token: 'tgs_1', expiresAt: LATER })
    expect(createSessionStore(storage, () => Date.parse(LATER)).current()).toBeUndefined()
  })

  it('leaves nothing behind when it ends', () => {
    const session = createSessionStore(storage, () => NOW)
    session.start({ token: 'tgs_1', expiresAt: LATER })
    session.end()
    expect(session.current()).toBeUndefined()
    expect(kept.size).toBe(0)
  })

  it('tells its listeners of each change until they stop', () => {
    const session = createSessionStore(storage, () => NOW)
    const seen: (string | undefined)[] = []
    const stop = session.onChange(() => seen.push(session.current()?.token))
    session.start({ token: 'tgs_1', expiresAt: null })
    session.start({ token: 'tgs_2', expiresAt: null })
    session.end()
    stop()
    session.start({ token: 'tgs_3', expiresAt: null })
    expect(seen).toEqual(['tgs_1', 'tgs_2', undefined])
  })

  it('ignores what is stored but is not a session', () => {
    kept.set('tollgate.session', '{"token": 5}')
    expect(createSessionStore(storage, () => NOW).current()).toBeUndefined()
    kept.set('tollgate.session', 'nonsense')
    expect(createSessionStore(storage, () => NOW).current()).toBeUndefined()
  })
})
