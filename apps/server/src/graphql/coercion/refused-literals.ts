import type { DocumentNode } from 'graphql'

const documents = new WeakSet<DocumentNode>()

/** Remembers that inputs of mutations in the text of a document have values that their types refuse, and nothing else is wrong with it. */
export function markRefusedLiterals(document: DocumentNode): void {
  documents.add(document)
}

/** Returns whether the document was remembered. */
export function hasRefusedLiterals(document: DocumentNode): boolean {
  return documents.has(document)
}
