import { z } from 'zod'
import { billingVariables } from './billing-environment.ts'
import { readSamplingRules } from './features/audit/read-sampling-rules.ts'
import { isAllowedFeedUrl } from './features/prices/feed/allowed-feed-url.ts'
import { readTrustedProxies } from './http/trusted-proxies.ts'

/** Security and billing events are kept in the database for at least this long. */
const MIN_AUDIT_RETENTION_MONTHS = 12

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

const wholeNumber = (from: number, to: number) => {
  const message = `must be a whole number from ${from} to ${to}`
  return z
    .string()
    .regex(/^\d{1,6}$/, message)
    .transform(Number)
    .pipe(z.number().min(from, message).max(to, message))
}

const headerKey = () =>
  z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'must be printable ASCII without spaces, because it is sent in an HTTP header')
    .min(16, 'must have at least 16 characters')
    .max(256, 'must have at most 256 characters')

const flag = z.enum(['0', '1', 'false', 'true'], 'must be 1 or 0').transform(value => value === '1' || value === 'true')
const yesOrNo = (byDefault: '0' | '1') => flag.prefault(byDefault)

const postgresUrl = z.string().refine(isPostgresUrl, 'must be a PostgreSQL URL, such as postgres://user:password@host:5432/database').optional()

/** The environment variables of the server: what each may be, and its default. */
export const environmentVariables = z.object({
  NODE_ENV: z.string().optional(),
  PORT: wholeNumber(0, 65_535).default(4000),
  TOLLGATE_HOST: z.string().default('127.0.0.1'),
  TOLLGATE_KEEP_ALIVE_SECONDS: wholeNumber(1, 3_600).default(65),
  TOLLGATE_MAX_CONNECTIONS: wholeNumber(1, 100_000).default(10_000),
  TOLLGATE_MAX_CONNECTIONS_PER_ADDRESS: wholeNumber(1, 100_000).default(5_000),
  TOLLGATE_TRUSTED_PROXIES: z
    .string()
    .transform((text, { addIssue }) => {
      const proxies = readTrustedProxies(text)
      if (proxies === undefined) addIssue('must be addresses and networks separated by commas, such as 10.0.0.7,10.1.0.0/16')
      return proxies
    })
    .optional(),
  TOLLGATE_BODY_MEMORY_MB: wholeNumber(32, 100_000).default(128),
  TOLLGATE_METRICS_KEY: headerKey().optional(),
  TOLLGATE_METRICS_PORT: wholeNumber(0, 65_535).optional(),
  TOLLGATE_DATA_DIR: z.string().default('.tollgate'),
  DATABASE_URL: postgresUrl,
  TOLLGATE_MIGRATIONS_URL: postgresUrl,
  TOLLGATE_MIGRATION_WAIT_SECONDS: wholeNumber(1, 86_400).default(600),
  TOLLGATE_PREPARED_STATEMENTS: flag.optional(),
  TOLLGATE_POOL_SIZE: wholeNumber(2, 400).default(16),
  TOLLGATE_WRITE_CONNECTIONS: wholeNumber(1, 200).optional(),
  TOLLGATE_READ_CONNECTIONS: wholeNumber(1, 200).optional(),
  TOLLGATE_JOB_CONNECTIONS: wholeNumber(1, 50).default(4),
  TOLLGATE_TENANT_READS: wholeNumber(1, 200).optional(),
  TOLLGATE_TENANT_READ_SECONDS: wholeNumber(0, 12_000).default(60),
  TOLLGATE_READ_WAIT_SECONDS: wholeNumber(1, 60).default(10),
  TOLLGATE_MAX_CLOCK_OFFSET_SECONDS: wholeNumber(0, 999_999).default(300),
  TOLLGATE_OPERATOR_KEY: headerKey().optional(),
  TOLLGATE_PUBLIC_PLANS: z
    .string()
    .transform(text => text.split(',').map(plan => plan.trim()))
    .refine(plans => plans.every(plan => plan !== ''), 'must be names of plans separated by commas, such as free,pro')
    .default([]),
  TOLLGATE_DEMO: yesOrNo('0'),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).optional(),
  TOLLGATE_LAME_DUCK_SECONDS: wholeNumber(0, 3_600).optional(),
  TOLLGATE_DRAIN_SECONDS: wholeNumber(0, 3_600).default(15),
  TOLLGATE_IDLE_GRACE_SECONDS: wholeNumber(0, 3_600).default(2),
  TOLLGATE_FAST_PATH: yesOrNo('1'),
  TOLLGATE_INTROSPECTION: flag.optional(),
  TOLLGATE_GRAPHIQL: flag.optional(),
  TOLLGATE_DASHBOARD: yesOrNo('1'),
  TOLLGATE_DASHBOARD_DIR: z.string().optional(),
  TOLLGATE_PERSISTED_OPERATIONS: z.string().optional(),
  TOLLGATE_PERSISTED_ONLY: yesOrNo('0'),
  TOLLGATE_ALLOWED_ORIGINS: z
    .string()
    .transform(text => text.split(',').map(origin => origin.trim()))
    .refine(origins => origins.every(isOrigin), 'must be origins separated by commas, such as https://shop.example,https://www.example.com:8443')
    .optional(),
  TOLLGATE_WEBHOOK_ALLOW_PRIVATE: yesOrNo('0'),
  TOLLGATE_WEBHOOK_RETRY_SECONDS: z
    .string()
    .regex(/^\d{1,6}(,\d{1,6}){0,19}$/, 'must be 1 to 20 whole numbers of seconds separated by commas, such as 5,300,1800')
    .transform(text => text.split(',').map(Number))
    .optional(),
  TOLLGATE_PRICES_URL: z.string().refine(isFeedUrl, 'must be an https or file URL of a manifest, without a password').optional(),
  TOLLGATE_PRICES_PUBLIC_KEY: z
    .string()
    .transform(text => text.split(',').map(key => key.trim()))
    .refine(keys => keys.every(key => /^[A-Za-z0-9+/]{43}=$/.test(key)), 'must be Ed25519 keys of 32 bytes in base64, separated by commas')
    .optional(),
  TOLLGATE_AUDIT_NAME: z
    .string()
    .regex(/^[\w./:-]{1,200}$/, 'must be a name without spaces, such as tollgate.example.com')
    .default('tollgate'),
  TOLLGATE_AUDIT_SAMPLING: z
    .string()
    .default('')
    .transform(readSamplingRules)
    .refine(rules => rules !== undefined, 'must be rules separated by commas, such as chat=10,acme:chat=0'),
  TOLLGATE_AUDIT_KEY_FILE: z.string().optional(),
  TOLLGATE_ENCRYPTION_KEY: z
    .string()
    .regex(
      /^(?:[\w+/-]{43}=?|[\da-fA-F]{64})(?:,(?:[\w+/-]{43}=?|[\da-fA-F]{64}))*$/,
      'must be 32 random bytes in base64 or hexadecimal, as "openssl rand -base64 32" prints them; older keys may follow, separated by commas',
    )
    .optional(),
  TOLLGATE_ENCRYPTION_KEY_FILE: z.string().optional(),
  TOLLGATE_AUDIT_RETENTION_MONTHS: wholeNumber(MIN_AUDIT_RETENTION_MONTHS, 1_200).optional(),
  TOLLGATE_AUDIT_ARCHIVE_DIR: z.string().optional(),
  TOLLGATE_AUDIT_CHECKPOINT_FILE: z.string().optional(),
  ...billingVariables,
  INIT_CWD: z.string().optional(),
})

/** The variables, read. */
export type EnvironmentVariables = z.infer<typeof environmentVariables>

/** A variable that people set. INIT_CWD is set by npm. */
export type SettingName = Exclude<keyof EnvironmentVariables, 'INIT_CWD'>

/** Names of all environment variables that the server reads. */
export const SETTING_NAMES: readonly string[] = Object.keys(environmentVariables.shape)

function isFeedUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined
  return url !== undefined && url.username === '' && url.password === '' && isAllowedFeedUrl(url)
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text
}

function isPostgresUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined
  return url !== undefined && ['postgres:', 'postgresql:'].includes(url.protocol) && url.hostname !== ''
}
