import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Signs certificates with a key of its own, with openssl. */
export class Issuer {
  readonly #folder: string
  #serial = 1

  private constructor(folder: string) {
    this.#folder = folder
  }

  /** An issuer with a fresh key. Keeps its files in the folder. */
  static async create(folder: string): Promise<Issuer> {
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'ca.key']
    await run('openssl', ['req', '-x509', ...key, '-out', 'ca.crt', '-days', '3650', '-subj', '/CN=Test authority'], {
      cwd: folder,
    })
    return new Issuer(folder)
  }

  /** The chain for a request in DER: its certificate for ninety days, then the authority's. */
  async sign(request: Buffer, names: readonly string[]): Promise<string> {
    const [file, extensions] = [join(this.#folder, 'request.der'), join(this.#folder, 'extensions')]
    await writeFile(file, request)
    await writeFile(extensions, `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}\n`)
    const by = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-set_serial', String(this.#serial++), '-days', '90']
    const what = ['-inform', 'DER', '-in', file, '-extfile', extensions]
    const { stdout } = await run('openssl', ['x509', '-req', ...what, ...by], { cwd: this.#folder })
    return stdout + (await readFile(join(this.#folder, 'ca.crt'), 'utf8'))
  }
}
