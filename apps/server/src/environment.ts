import { resolve } from 'node:path'
import { DomainError, type Issue } from '@tollgate/kernel'
import { z } from 'zod'

/** What the process is told from outside, checked. */
export interface Environment {
  /** 0 lets the operating system choose. */
  readonly port: number
  /** The address to listen on; undefined listens on all of them. */
  readonly host: string | undefined
  /** Absolute. The embedded database and other local state live here. */
  readonly dataDirectory: string
  /** Undefined where the embedded PostgreSQL is to be used. */
  readonly databaseUrl: string | undefined
  readonly poolSize: number
  readonly operatorKey: string | undefined
  readonly demo: boolean
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent' | undefined
  /** How long a shutdown waits for requests in progress. */
  readonly drainSeconds: number
  /** Whether webhooks of tenants may go over http and to private addresses. */
  readonly webhookAllowPrivate: boolean
  /** Pauses before further attempts of webhooks; undefined for those of Standard Webhooks. */
  readonly webhookRetrySeconds: readonly number[] | undefined
  /** Where the user stands: npm runs scripts in the project's root, wherever it was called. */
  readonly workingDirectory: string
}

/** Values of environment variables that cannot be used; each is named with what it must be. */
export class BadEnvironment extends DomainError<'BAD_ENVIRONMENT'> {
  readonly issues: readonly Issue[]

  constructor(issues: readonly Issue[]) {
    super('BAD_ENVIRONMENT', issues.map(({ path, message }) => `${path} ${message}.`).join('\n'))
    this.issues = issues
  }
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

const wholeNumber = (from: number, to: number) => {
  const message = `must be a whole number from ${from} to ${to}`
  return z
    .string()
    .regex(/^\d{1,6}$/, message)
    .transform(Number)
    .pipe(z.number().min(from, message).max(to, message))
}

const yesOrNo = z
  .enum(['0', '1', 'false', 'true'], 'must be 1 or 0')
  .default('0')
  .transform(value => value === '1' || value === 'true')

const variables = z.object({
  PORT: wholeNumber(0, 65_535).default(4000),
  HOST: z.string().optional(),
  TOLLGATE_DATA_DIR: z.string().default('.tollgate'),
  DATABASE_URL: z.string().refine(isPostgresUrl, 'must be a PostgreSQL URL, such as postgres://user:password@host:5432/database').optional(),
  TOLLGATE_POOL_SIZE: wholeNumber(2, 200).default(16),
  TOLLGATE_OPERATOR_KEY: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'must be printable ASCII without spaces: it travels in an HTTP header')
    .min(16, 'must have 16 characters or more')
    .max(256, 'must have 256 characters at the most')
    .optional(),
  TOLLGATE_DEMO: yesOrNo,
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).optional(),
  TOLLGATE_DRAIN_SECONDS: wholeNumber(0, 3_600).default(15),
  TOLLGATE_WEBHOOK_ALLOW_PRIVATE: yesOrNo,
  TOLLGATE_WEBHOOK_RETRY_SECONDS: z
    .string()
    .regex(/^\d{1,6}(,\d{1,6}){0,19}$/, 'must be 1 to 20 whole numbers of seconds with commas between them, such as 5,300,1800')
    .transform(text => text.split(',').map(Number))
    .optional(),
  INIT_CWD: z.string().optional(),
})

/** Reads the environment variables; nothing else in the program does. Throws `BadEnvironment`. */
export function readEnvironment(from: Readonly<Record<string, string | undefined>> = process.env): Environment {
  // An empty variable is one that is not set: `PORT= npm start` is how shells and compose files leave one out.
  const set = Object.fromEntries(Object.entries(from).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = variables.safeParse(set)
  if (!parsed.success) {
    throw new BadEnvironment(parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })))
  }
  const values = parsed.data
  return {
    port: values.PORT,
    host: values.HOST,
    dataDirectory: resolve(values.TOLLGATE_DATA_DIR),
    databaseUrl: values.DATABASE_URL,
    poolSize: values.TOLLGATE_POOL_SIZE,
    operatorKey: values.TOLLGATE_OPERATOR_KEY,
    demo: values.TOLLGATE_DEMO,
    logLevel: values.LOG_LEVEL,
    drainSeconds: values.TOLLGATE_DRAIN_SECONDS,
    webhookAllowPrivate: values.TOLLGATE_WEBHOOK_ALLOW_PRIVATE,
    webhookRetrySeconds: values.TOLLGATE_WEBHOOK_RETRY_SECONDS,
    workingDirectory: values.INIT_CWD ?? process.cwd(),
  }
}

function isPostgresUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined
  return url !== undefined && ['postgres:', 'postgresql:'].includes(url.protocol) && url.hostname !== ''
}
