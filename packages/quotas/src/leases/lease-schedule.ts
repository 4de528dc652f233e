/** What tells when leases are due. A port: tests say themselves when it is time. */
export interface LeaseSchedule {
  /** Does something again and again, until it is stopped; does not keep the process alive. */
  every(milliseconds: number, work: () => void): () => void
  wait(milliseconds: number): Promise<void>
}

/** By the timers of the platform. */
export const timers: LeaseSchedule = {
  every(milliseconds, work) {
    const timer = setInterval(work, milliseconds)
    timer.unref()
    return () => clearInterval(timer)
  },
  wait: milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds)),
}
