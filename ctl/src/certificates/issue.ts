import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as acme from 'acme-client'
import { Problem } from '../cli/problem.ts'
import { writeAtomically } from '../resources/write-atomically.ts'
import type { Settings } from '../settings/settings.ts'

export interface IssueOptions {
  readonly settings: Settings
  /** where the account's key with the authority is kept */
  readonly accountKeyFile: string
  readonly say: (text: string) => void
}

/**
 * Lets the authority issue a certificate for every name, proving each by a file that nginx serves on port 80. The
 * trial runs against the authority's staging service, whose limits are generous, so that a mistake does not use up the
 * real ones. The certificate file is replaced in one step; on a Problem it stays as it was.
 */
export async function issueCertificate(options: IssueOptions): Promise<void> {
  const { settings, say } = options
  const { letsencrypt, nginx } = settings
  const { stagingEndpoint, productionEndpoint } = letsencrypt
  const endpoints = [...new Set([stagingEndpoint, productionEndpoint])].filter(Boolean)
  let certificate = ''
  for (const endpoint of endpoints) {
    say(`    - ask ${new URL(endpoint).host} for ${letsencrypt.names.join(', ')}`)
    certificate = await askAuthority(endpoint, options).catch((error: Error) => {
      throw refused(endpoint, letsencrypt.names, error)
    })
  }
  await writeAtomically(nginx.vhost.ssl.certificate, certificate, { uid: 0, gid: 0, mode: 0o644 })
}

async function askAuthority(endpoint: string, { settings, accountKeyFile }: IssueOptions): Promise<string> {
  const { names, contactEmails, webroot } = settings.letsencrypt
  const client = new acme.Client({ directoryUrl: endpoint, accountKey: await accountKey(accountKeyFile) })
  const key = await readFile(settings.nginx.vhost.ssl.certificateKey, 'utf8')
  const [, request] = await acme.crypto.createCsr({ commonName: names[0], altNames: [...names] }, key)
  const folder = join(webroot, '.well-known/acme-challenge')
  await mkdir(folder, { recursive: true, mode: 0o755 })
  return client.auto({
    csr: request,
    email: contactEmails[0],
    termsOfServiceAgreed: true,
    challengePriority: ['http-01'],
    // nginx may be reachable from outside only; the authority looks for itself.
    skipChallengeVerification: true,
    challengeCreateFn: async (_authorization, challenge, proof) => {
      await writeFile(join(folder, safeName(challenge.token)), proof, { mode: 0o644 })
    },
    challengeRemoveFn: async (_authorization, challenge) =>
      rm(join(folder, safeName(challenge.token)), { force: true }),
  })
}

/** An authority must not choose a place outside the folder. */
function safeName(token: string): string {
  if (/^[\w-]+$/.test(token)) return token
  throw new Error('the authority sent a token that is not one')
}

async function accountKey(file: string): Promise<Buffer> {
  const found = await readFile(file).catch(() => undefined)
  if (found) return found
  const key = await acme.crypto.createPrivateEcdsaKey()
  await mkdir(join(file, '..'), { recursive: true, mode: 0o700 })
  await writeAtomically(file, key, { uid: 0, gid: 0, mode: 0o600 })
  return key
}

function refused(endpoint: string, names: readonly string[], error: Error): Problem {
  return new Problem(
    `${new URL(endpoint).host} issues no certificate for ${names.join(', ')}: ${error.message}`,
    "The names must lead to this machine from the whole internet, and port 80 must be open. Or set letsencrypt['enable'] = false and put your own certificate in place.",
    { cause: error },
  )
}
