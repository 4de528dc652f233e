import { noteVerifier, parseVerifierKey, verifyConsistencyProof, verifyProof } from '@tollgate/audit'
import { note, print } from '../../../cli/print.ts'
import { readUserFile } from '../../../cli/user-file.ts'
import { withTollgate } from '../../../cli/with-tollgate.ts'
import { prepareKey } from './prepare-key.ts'

/** `tollgate audit checkpoint` */
export async function checkpoint({ tenant }: { tenant?: string }): Promise<void> {
  await prepareKey()
  const signed = await withTollgate(async ({ audit, accounts }) => {
    if (tenant !== undefined) await accounts.requireTenant(tenant)
    return audit.checkpoint(tenant ?? null)
  })
  process.stdout.write(signed.note)
}

/** `tollgate audit prove` */
export async function prove(sequence: number, { tenant }: { tenant?: string }): Promise<void> {
  await prepareKey()
  process.stdout.write(await withTollgate(({ audit }) => audit.prove({ tenantId: tenant ?? null, sequence })))
}

/** `tollgate audit check-proof` */
export async function checkProof(file: string, { key: keys }: { key: string[] }): Promise<void> {
  const log = logOf(keys)
  const { entry, sequence, size } = verifyProof(await readUserFile(file), log.origin, log.verifiers)
  print(entry)
  note(`The event is entry ${sequence} of ${size} in the log ${log.origin}.`)
}

/** `tollgate audit prove-consistency` */
export async function proveConsistency(oldSize: number, { tenant }: { tenant?: string }): Promise<void> {
  await prepareKey()
  process.stdout.write(await withTollgate(({ audit }) => audit.proveConsistency({ tenantId: tenant ?? null, oldSize })))
}

/** `tollgate audit check-consistency` */
export async function checkConsistency(file: string, { key: keys, old }: { key: string[]; old: string }): Promise<void> {
  const [proof, oldCheckpoint] = await Promise.all([readUserFile(file), readUserFile(old)])
  const log = logOf(keys)
  const { oldSize, size } = verifyConsistencyProof(proof, { oldCheckpoint, ...log })
  print(`The log ${log.origin} has ${size} entries now, and its first ${oldSize} are still those that the old checkpoint signed.`)
}

function logOf(keys: readonly string[]) {
  const parsed = keys.map(parseVerifierKey)
  return { origin: parsed[0]?.name ?? '', verifiers: parsed.map(({ name, publicKey }) => noteVerifier(name, publicKey)) }
}

/** `tollgate audit keys` */
export async function printKeys({ tenant }: { tenant?: string }): Promise<void> {
  await prepareKey()
  for (const key of await withTollgate(async ({ audit }) => audit.verifierKeys(tenant ?? null))) print(key)
}
