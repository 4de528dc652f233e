import { readFileSync } from 'node:fs'
import { findPackageJSON } from 'node:module'

/** Which build of the program this is. */
export interface BuildInformation {
  readonly version: string
  /** Full hash of the commit. Undefined if it runs from its source. */
  readonly commit: string | undefined
}

/** The `package.json` above this module: that of a production build, or of the server. */
const PACKAGE_FILE = findPackageJSON(import.meta.url) ?? ''

/** Reads which build of the program this is. */
export function readBuildInformation(): BuildInformation {
  const { version, gitHead } = JSON.parse(readFileSync(PACKAGE_FILE, 'utf8')) as { version: string; gitHead?: string }
  return { version, commit: gitHead }
}

/** Returns "0.1.0 (commit 1a2b3c4d, Node.js 26.10.0)". */
export function describeBuild({ version, commit } = readBuildInformation()): string {
  return `${version} (${commit === undefined ? 'from source' : `commit ${commit.slice(0, 8)}`}, Node.js ${process.versions.node})`
}
