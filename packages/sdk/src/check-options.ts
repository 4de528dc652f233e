import type { InputRules } from '@tollgate/tokens/input'
import { checkInput } from './engine/check-input.ts'
import { invalid, oneOf } from './engine/read-input.ts'
import type { Platform } from './platform.ts'
import { requireMetric } from './quota/amounts.ts'
import type { ClientOptions, EngineOptions, ServerOptions, TollgateOptions } from './tollgate-options.ts'

/** Values of the others are checked where they are read. */
const READ_LATER = 'anything?'

const OPTIONS: InputRules<ClientOptions & Omit<ServerOptions, 'engine'> & { readonly engine: object }> = {
  url: READ_LATER,
  apiKey: READ_LATER,
  engine: 'object?',
  defaults: READ_LATER,
  tenantId: 'text?',
  whenUnavailable: READ_LATER,
  decisionTimeoutMs: READ_LATER,
  onError: 'function?',
  platform: 'object?',
  delivery: 'text?',
  waitTimeoutMs: 'number?',
  batchSize: 'number?',
  batchBytes: 'number?',
  flushIntervalMs: 'number?',
  bufferSize: 'number?',
  bufferBytes: 'number?',
  whenFull: 'text?',
  maxInFlight: 'number?',
  requestTimeoutMs: 'number?',
  retries: 'number?',
  retryDelayMs: 'number?',
  circuitThreshold: 'number?',
  circuitOpenMs: 'number?',
  spool: 'object?',
}
const PLATFORM: InputRules<Partial<Platform>> = {
  nowMs: 'function?',
  monotonicMs: 'function?',
  random: 'function?',
  randomBytes: 'function?',
  fetch: 'function?',
  warn: 'function?',
}
const MODES = ['allow', 'deny'] as const

/** Throws `InvalidInput` for options that the client does not have, that are wrong, or that cannot be together. */
export function checkOptions(options: TollgateOptions): void {
  checkInput(OPTIONS, options as ClientOptions & Omit<ServerOptions, 'engine'> & { readonly engine: object })
  if (options.platform) checkInput(PLATFORM, options.platform, 'platform')
  const { engine, url, apiKey } = options as Partial<Record<keyof EngineOptions | keyof ServerOptions, unknown>>
  if (engine !== undefined && (url ?? apiKey) !== undefined) throw invalid('engine', 'must be omitted if there is a url or an apiKey')
  checkWhenUnavailable(options.whenUnavailable)
}

function checkWhenUnavailable(modes: ClientOptions['whenUnavailable'] | null): void {
  if (modes === undefined || modes === null) return
  if (typeof modes === 'string') {
    oneOf('whenUnavailable', modes, MODES)
    return
  }
  if (typeof modes !== 'object') throw invalid('whenUnavailable', 'must be text or an object')
  for (const [metric, mode] of Object.entries(modes)) {
    requireMetric(`whenUnavailable.${metric}`, metric)
    oneOf(`whenUnavailable.${metric}`, mode ?? 'allow', MODES)
  }
}
