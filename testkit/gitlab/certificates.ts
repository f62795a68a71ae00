import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const EC = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']

/** A certificate authority that nobody knows, as a company has one, and a certificate of a server from it. */
export interface PrivateAuthority {
  /** the authority's own certificate, PEM, a file in the folder */
  readonly caFile: string
  readonly ca: string
  readonly key: string
  readonly cert: string
}

/** Makes an authority in a folder, and a certificate for these names (`DNS:…`, `IP:…`). */
export async function makeAuthority(folder: string, names: readonly string[]): Promise<PrivateAuthority> {
  const at = (name: string): string => join(folder, name)
  const subject = ['-subj', '/O=A company/CN=Its own authority', '-days', '2']
  const isCa = ['-addext', 'basicConstraints=critical,CA:TRUE']
  await run('openssl', ['req', '-x509', ...EC, ...subject, ...isCa, '-keyout', at('ca.key'), '-out', at('ca.crt')])
  await run('openssl', ['req', '-new', ...EC, '-subj', '/CN=gitlab', '-keyout', at('server.key'), '-out', at('csr')])
  await writeFile(at('names'), `subjectAltName=${names.join(',')}`)
  const signer = ['-CA', at('ca.crt'), '-CAkey', at('ca.key'), '-CAcreateserial', '-days', '2']
  await run('openssl', ['x509', '-req', '-in', at('csr'), ...signer, '-extfile', at('names'), '-out', at('server.crt')])
  const [ca, key, cert] = await Promise.all(
    ['ca.crt', 'server.key', 'server.crt'].map((file) => readFile(at(file), 'utf8')),
  )
  return { caFile: at('ca.crt'), ca: ca!, key: key!, cert: cert! }
}
