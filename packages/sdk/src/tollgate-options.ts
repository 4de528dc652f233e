import type { MetadataSource } from '@tollgate/metadata'
import type { QuotaMetric, WhenUnavailable } from './model/quota-decision.ts'
import type { Platform } from './platform.ts'
import type { Spool } from './spool-store.ts'
import type { TollgateEngine } from './tollgate-engine.ts'

/** Where the client finds Tollgate: a server, or an engine in the same process. */
export type TollgateOptions = (ServerOptions | EngineOptions) & ClientOptions

/** A server. */
export interface ServerOptions {
  /** "https://tollgate.example.com", with or without "/graphql". */
  readonly url: string
  readonly apiKey: string
  readonly engine?: undefined
}

/** An engine in the same process. */
export interface EngineOptions {
  readonly engine: TollgateEngine
}

/** Everything else is optional. */
export interface ClientOptions extends DeliveryOptions {
  /** Metadata of every call, unless the context or the call says otherwise. */
  readonly defaults?: MetadataSource | undefined
  /** Tenant of every call that names none. Only for operator keys. */
  readonly tenantId?: string | undefined
  /** What to do with limits that cannot be checked because Tollgate does not answer, for all metrics or for each. Defaults to "allow". */
  readonly whenUnavailable?: WhenUnavailable | Partial<Readonly<Record<Lowercase<QuotaMetric>, WhenUnavailable>>> | undefined
  /** How long a quota decision may take before `whenUnavailable` decides. Defaults to 2,000. */
  readonly decisionTimeoutMs?: number | undefined
  /** Receives what goes wrong. Defaults to one console warning for the first error of each code. An error that it throws is ignored. */
  readonly onError?: ((error: Error) => void) | undefined
  /** Replaces parts of the runtime, for tests. */
  readonly platform?: Partial<Platform> | undefined
}

/** How records are delivered. */
export interface DeliveryOptions {
  /**
   * "wait": receipts have the answer of the server, and a record is sent at once. "background": receipts are `QUEUED` at once,
   * and records are sent in batches. Defaults to "wait".
   */
  readonly delivery?: 'wait' | 'background' | undefined
  /** How long a receipt waits for the answer before it is `QUEUED`. Defaults to 10,000. */
  readonly waitTimeoutMs?: number | undefined
  /** Send when this many records are queued. 1 to 1,000. Defaults to 1,000. */
  readonly batchSize?: number | undefined
  /** Send when the queued records have this many bytes. Defaults to 1 MiB. */
  readonly batchBytes?: number | undefined
  /** Send after this time at the latest. Defaults to 5,000. */
  readonly flushIntervalMs?: number | undefined
  /** Number of records to keep in memory. Defaults to 10,000. */
  readonly bufferSize?: number | undefined
  /** Number of bytes to keep in memory. Defaults to 32 MiB. */
  readonly bufferBytes?: number | undefined
  /** What to do with a record when the buffer is full, and there is no spool. "wait" waits for room, for at most `waitTimeoutMs`. Defaults to "drop-newest". */
  readonly whenFull?: 'drop-newest' | 'drop-oldest' | 'wait' | undefined
  /** Requests at a time. Defaults to 2. */
  readonly maxInFlight?: number | undefined
  /** How long one request may take. Defaults to 10,000. */
  readonly requestTimeoutMs?: number | undefined
  /** How often a request is sent again before its records wait in the queue. Defaults to 4. */
  readonly retries?: number | undefined
  /** The first delay is random, up to this; it doubles each time. Defaults to 250. */
  readonly retryDelayMs?: number | undefined
  /** Failures in a row that open the circuit. Defaults to 5. */
  readonly circuitThreshold?: number | undefined
  /** How long the circuit stays open before a probe. Doubles up to a minute while probes fail. Defaults to 1,000. */
  readonly circuitOpenMs?: number | undefined
  /** Keeps records on disk until the server has answered: `fileSpool` of `@tollgate/sdk/node`. */
  readonly spool?: Spool | undefined
}
