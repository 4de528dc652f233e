import { Command } from 'commander'
import { createGraphQLClient, ServerUnusable } from '../../../cli/graphql-client.ts'
import { print } from '../../../cli/print.ts'
import { requireOperatorKey } from '../../../cli/require-operator-key.ts'
import { readEnvironment } from '../../../environment.ts'

interface SignInLinkOptions {
  readonly url?: string
  readonly key?: string
}

const CREATE_CODE = 'mutation { createSignInCode { ... on CreateSignInCodePayload { code } ... on Error { message } } }'

/** `tollgate sign-in-link` */
export function signInLinkCommand(): Command {
  return new Command('sign-in-link')
    .description('Prints a link that signs a browser in to the dashboard of a running server, once, within 24 hours.')
    .option('--url <url>', 'address of the server (default: http://localhost, at PORT)')
    .option('--key <key>', 'operator key of the configuration (default: TOLLGATE_OPERATOR_KEY, or the key in the data directory)')
    .action(printLink)
}

async function printLink({ url, key }: SignInLinkOptions): Promise<void> {
  const environment = readEnvironment()
  const server = (url ?? `http://localhost:${environment.port}`).replace(/\/+$/, '')
  const client = createGraphQLClient({ url: `${server}/graphql`, key: key ?? (await requireOperatorKey(environment)) })
  const { createSignInCode } = await client.request<{ createSignInCode: { code?: string; message?: string } }>(CREATE_CODE, {})
  if (createSignInCode.code === undefined) throw new ServerUnusable(server, createSignInCode.message ?? 'it made no code.')
  print(`${server}/sign-in#code=${createSignInCode.code}`)
}
