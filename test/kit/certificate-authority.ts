import 'reflect-metadata' // @peculiar/x509 needs it.
import { webcrypto } from 'node:crypto'
import {
  BasicConstraintsExtension,
  type GeneralNameType,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509'

/** An authority of its own, which signs certificates of servers. */
export interface CertificateAuthority {
  /** Its certificate, in PEM. */
  readonly certificate: string
  /** Issues a certificate for host names and addresses. */
  issue(names: readonly { readonly type: Extract<GeneralNameType, 'dns' | 'ip'>; readonly value: string }[]): Promise<{ certificate: string; key: string }>
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const DAY_MS = 86_400_000

/** Creates an authority whose certificate has this common name. */
export async function createCertificateAuthority(name: string): Promise<CertificateAuthority> {
  const keys = await generateKeys()
  const period = { notBefore: new Date(Date.now() - DAY_MS), notAfter: new Date(Date.now() + DAY_MS) }
  const authority = await X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    keys,
    signingAlgorithm: ALGORITHM,
    ...period,
    extensions: [new BasicConstraintsExtension(true, 0, true), new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true)],
  })
  return {
    certificate: authority.toString('pem'),
    async issue(names) {
      const own = await generateKeys()
      const certificate = await X509CertificateGenerator.create({
        subject: 'CN=PostgreSQL',
        issuer: authority.subject,
        publicKey: own.publicKey,
        signingKey: keys.privateKey,
        signingAlgorithm: ALGORITHM,
        ...period,
        extensions: [new SubjectAlternativeNameExtension([...names])],
      })
      const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', own.privateKey)).toString('base64')
      return { certificate: certificate.toString('pem'), key: `-----BEGIN PRIVATE KEY-----\n${der}\n-----END PRIVATE KEY-----` }
    },
  }
}

async function generateKeys(): Promise<CryptoKeyPair> {
  return (await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])) as CryptoKeyPair
}
