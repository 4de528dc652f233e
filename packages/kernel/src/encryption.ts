/** Encrypts secrets before they are stored. */
export interface Encryption {
  /** Encrypts bytes. Only the same context decrypts them: it says what they are and whose, such as a column and the id of a row. */
  encrypt(plaintext: Uint8Array, context: string): Uint8Array
  /** Decrypts what `encrypt` returned. Throws if the key is unknown, the bytes were changed, or the context is another one. */
  decrypt(ciphertext: Uint8Array, context: string): Uint8Array
}
