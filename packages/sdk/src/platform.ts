/** The clocks that calls are timed with. */
export interface CallClock {
  /** Milliseconds since 1970. Can be wrong, and can jump. */
  nowMs(): number
  /** Milliseconds since some start. Never jumps: durations are differences of it. */
  monotonicMs(): number
}

/** What the client uses of the runtime. A port, so that tests decide the time, the randomness and the network. */
export interface Platform extends CallClock {
  /** 0 or more, less than 1. */
  random(): number
  randomBytes(count: number): Uint8Array
  fetch(url: string, init: RequestInit): Promise<Response>
  /** Writes a line where the operator of the program sees it. */
  warn(message: string): void
}
/** The runtime itself: browsers, edge runtimes, Deno, Bun and Node.js all have these. */
export const systemPlatform: Platform = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  random: () => Math.random(),
  randomBytes: count => crypto.getRandomValues(new Uint8Array(count)),
  fetch: (url, init) => fetch(url, init),
  // oxlint-disable-next-line no-console -- A client without onError has no other way to be heard.
  warn: message => console.warn(message),
}
