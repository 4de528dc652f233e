/** Returns the key of a plan version: its name for the first one, "pro", and with the version after it, "pro@2". */
export function planKey(name: string, version: number): string {
  return version === 1 ? name : `${name}@${version}`
}

const REFERENCE = /^([^@]+)(?:@([1-9]\d{0,8}))?$/

/** Reads a reference to a plan: "pro" is its latest version, "pro@2" that version. Undefined for any other text. */
export function readPlanReference(text: string): { readonly name: string; readonly version: number | undefined } | undefined {
  const [, name, version] = REFERENCE.exec(text) ?? []
  return name === undefined ? undefined : { name, version: version === undefined ? undefined : Number(version) }
}
