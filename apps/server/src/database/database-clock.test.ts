import { pino } from 'pino'
import { expect, it } from 'vitest'
import { databaseClock } from './database-clock.ts'

const NOON = Date.UTC(2026, 10, 20, 12)

/** A database clock, with the three clocks that it depends on, and the log messages. */
function setUp(maxOffsetMs: number) {
  const logged: string[] = []
  const log = pino({ base: null }, { write: (line: string) => void logged.push((JSON.parse(line) as { msg: string }).msg) })
  const time = { monotonicMs: 0, machineMs: NOON, databaseMs: NOON }
  const clock = databaseClock({ maxOffsetMs, log, monotonicMs: () => time.monotonicMs, machineMs: () => time.machineMs })
  const read = () => clock.observe({ epochMs: time.databaseMs, requestedAtMs: time.monotonicMs, receivedAtMs: time.monotonicMs })
  return { time, clock, read, logged }
}

it('shows the time of the database, whatever the clock of the machine shows and however it jumps', () => {
  const { time, clock, read } = setUp(0)
  time.machineMs = NOON - 48 * 3_600_000
  read()
  expect(clock.clock.now().epochMilliseconds).toBe(NOON)
  time.monotonicMs += 5_000
  time.machineMs = NOON + 3_600_000
  expect(clock.clock.nowMs?.()).toBe(NOON + 5_000)
  expect(clock.machineOffsetMs()).toBe(3_595_000)
})

it('logs once when the clock of the machine is off, and once when it agrees again', () => {
  const { time, read, logged } = setUp(300_000)
  read()
  expect(logged).toEqual([])
  for (const offsetMs of [1_100, 900, 1_100, 600]) {
    time.machineMs = NOON + offsetMs
    read()
  }
  expect(logged).toEqual([expect.stringMatching(/^The clock of this machine is 1\.1 s ahead of the database's clock\./)])
  time.machineMs = NOON - 400
  read()
  expect(logged.at(-1)).toBe("The clock of this machine agrees with the database's clock again.")
})

it('refuses beyond the maximum, until the offset is half of it', () => {
  const { time, clock, read, logged } = setUp(300_000)
  read()
  time.machineMs = NOON - 301_000
  read()
  expect(clock.refusal()).toMatchObject({ code: 'CLOCK_OFF', message: expect.stringContaining("301 s behind the database's clock") })
  expect(logged).toEqual([expect.stringMatching(/^Requests are refused\./)])
  time.machineMs = NOON - 200_000
  read()
  expect(clock.refusal()).toBeDefined()
  time.machineMs = NOON - 100_000
  read()
  expect(clock.refusal()).toBeUndefined()
})

it('counts and logs jumps of the clock of the database, and refuses if that clock is off', () => {
  const { time, clock, read, logged } = setUp(300_000)
  read()
  time.databaseMs -= 3_600_000
  read()
  expect(clock.jumps()).toBe(1)
  expect(logged[0]).toBe("The database's clock jumped back by 3600 s, or this machine was suspended.")
  expect(clock.refusal()?.message).toContain("3600 s ahead of the database's clock")
  expect(clock.clock.nowMs?.()).toBe(NOON - 3_600_000)
})

it('has no maximum if it is 0', () => {
  const { time, clock, read } = setUp(0)
  time.machineMs = NOON + 1e9
  read()
  expect(clock.refusal()).toBeUndefined()
})
