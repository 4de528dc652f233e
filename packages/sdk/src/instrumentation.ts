/** Where the client reports what it does. A port: OpenTelemetry implements it. */
export interface Instrumentation {
  /** Runs a request in a span. */
  span<Result>(name: string, attributes: Readonly<Record<string, string | number>>, work: () => Promise<Result>): Promise<Result>
  /** Counts events by what became of them. */
  countEvents(outcome: string, count: number): void
}

/** Reports nothing. */
export const NO_INSTRUMENTATION: Instrumentation = { span: (_name, _attributes, work) => work(), countEvents: () => {} }
