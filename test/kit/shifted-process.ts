import { fileURLToPath } from 'node:url'

const SHIFT = 'TEST_CLOCK_SHIFT_MS'
const SHIFT_ON_SIGNAL = 'TEST_CLOCK_SHIFT_ON_SIGNAL_MS'

/** Returns environment variables for `startServer` that shift the machine's clock of the process at its start, and at SIGUSR2. */
export function shiftedClock({ shiftMs, shiftOnSignalMs = 0 }: { shiftMs: number; shiftOnSignalMs?: number }): Record<string, string> {
  const preload = fileURLToPath(new URL('shifted-clock.ts', import.meta.url))
  return { NODE_OPTIONS: `--import=${preload}`, [SHIFT]: String(shiftMs), [SHIFT_ON_SIGNAL]: String(shiftOnSignalMs) }
}

/** Reads what `shiftedClock` returned. */
export function shiftedProcess(environment: Readonly<Record<string, string | undefined>>): { shiftMs: number; shiftOnSignalMs: number } {
  return { shiftMs: Number(environment[SHIFT]), shiftOnSignalMs: Number(environment[SHIFT_ON_SIGNAL]) }
}
