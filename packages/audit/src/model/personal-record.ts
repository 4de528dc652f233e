/** The key of a subject: the person whom personal data is about. Without it, nobody can read the data. */
export interface SubjectKey {
  /** UUID. */
  readonly keyId: string
  readonly subjectId: string
  /** The key, encrypted with the key of the installation. */
  readonly wrappedKey: Uint8Array
}

/** Personal data as it is stored: encrypted with a key of its subject. */
export interface PersonalRecord {
  readonly keyId: string
  readonly ciphertext: Uint8Array
}
