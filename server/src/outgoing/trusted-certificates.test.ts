import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { X509Certificate } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import tls from 'node:tls'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { extraCertificates, trustExtraCertificates } from './trusted-certificates.ts'

const [one, two, three] = tls.rootCertificates.map((pem) => pem.trim())
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'outpost-certs-'))
  await mkdir(join(folder, 'gitlab'))
  await mkdir(join(folder, 'dir'))
  await writeFile(join(folder, 'bundle.pem'), `# a comment\n${one}\n\n${two}\n`)
  await writeFile(join(folder, 'gitlab', 'ca.crt'), three!)
  await writeFile(join(folder, 'gitlab', 'README'), 'text')
  await writeFile(join(folder, 'dir', 'bad.pem'), three!.replace(/^.{80}/ms, '-----BEGIN CERTIFICATE-----\nAAAA'))
  await writeFile(join(folder, 'dir', 'note.txt'), 'not a certificate')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('certificates come from the file, the folders and GitLab’s folder; bad ones are told and left out', () => {
  const warnings: string[] = []
  const env = {
    SSL_CERT_FILE: join(folder, 'bundle.pem'),
    SSL_CERT_DIR: `${join(folder, 'dir')}:${join(folder, 'none')}`,
  }
  const found = extraCertificates(env, (text) => warnings.push(text), join(folder, 'gitlab'))
  expect(found).toHaveLength(3)
  expect(new Set(found)).toEqual(new Set([one, two, three]))
  expect(warnings.join('\n')).toMatch(/none cannot be read/)
  expect(warnings.join('\n')).toMatch(/bad\.pem/)
  expect(warnings.join('\n')).toMatch(/note\.txt holds no certificate/)
})

test('a missing file that was named is told, a missing folder of GitLab is not', () => {
  const warnings: string[] = []
  const env = { SSL_CERT_FILE: join(folder, 'missing.pem') }
  expect(extraCertificates(env, (text) => warnings.push(text), join(folder, 'nowhere'))).toEqual([])
  expect(warnings).toEqual([`The certificate file ${join(folder, 'missing.pem')} cannot be read (ENOENT).`])
})

test('outgoing connections trust them besides those of the runtime', () => {
  const before = tls.getCACertificates('default')
  try {
    // Text differs in line breaks; the certificate is the same.
    const print = (pem: string) => new X509Certificate(pem).fingerprint256
    tls.setDefaultCACertificates(before.filter((pem) => print(pem) !== print(one!)))
    expect(tls.getCACertificates('default').map(print)).not.toContain(print(one!))
    trustExtraCertificates({ SSL_CERT_FILE: join(folder, 'bundle.pem') }, () => undefined)
    expect(tls.getCACertificates('default').map(print)).toContain(print(one!))
  } finally {
    tls.setDefaultCACertificates(before)
  }
})
