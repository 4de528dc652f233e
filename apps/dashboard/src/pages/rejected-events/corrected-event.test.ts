import { describe, expect, it } from 'vitest'
import { readTypedEvent, textOfPayload } from './corrected-event.ts'

describe('a rejected event in a form', () => {
  it('says its status as the API takes it, and keeps everything else', () => {
    const payload = { status: 'rate_limited', operation: 'chat', tokens: { input: -1 }, colour: 'red' }
    expect(JSON.parse(textOfPayload(payload))).toEqual({ ...payload, status: 'RATE_LIMITED' })
  })

  it.each([[{ status: 4 }], [['chat']], ['chat'], [7]])('keeps %j as it was sent', payload => {
    expect(JSON.parse(textOfPayload(payload))).toEqual(payload)
  })

  it('is an empty one if it was too large to keep', () => {
    expect(readTypedEvent(textOfPayload(null))).toEqual({ event: { operation: '' } })
  })

  it.each(['', '{"operation":}', '[]', 'null', '"chat"', '{"operation":"a"} {}'])('is not read from %s', text => {
    expect(readTypedEvent(text)).toEqual({ problem: expect.any(String) })
  })
})
