/** Says when leases are due. A port, so that tests can control the time. */
export interface LeaseSchedule {
  /** Does work repeatedly until the returned function is called. Does not keep the process alive. */
  every(milliseconds: number, work: () => void): () => void
  wait(milliseconds: number): Promise<void>
}

/** A schedule with the timers of the platform. */
export const timers: LeaseSchedule = {
  every(milliseconds, work) {
    const timer = setInterval(work, milliseconds)
    timer.unref()
    return () => clearInterval(timer)
  },
  wait: milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds)),
}
