import { createHash, X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { chromiumPath } from '../../testkit/browser.ts'
import { createEmptyDatabase } from '../../testkit/database.ts'
import { makeAuthority } from '../../testkit/gitlab/certificates.ts'
import { startGitLab, type TestGitLab } from '../../testkit/gitlab/index.ts'
import type { Box } from './box.fixture.ts'

/** A GitLab on another host than the chat, with a certificate of the company's own authority. */
export interface GitLabNode {
  readonly gitlab: TestGitLab
  /** how the chat and its people reach it */
  readonly url: string
  /** the authority's certificate, PEM */
  readonly ca: string
  readonly certificate: string
  /** an administrator's access token */
  readonly token: string
  close(): Promise<void>
}

/**
 * Starts it on this machine, at the address that the box knows as gitlab.corp.test. `dataSource`: its database, else one
 * of its own.
 */
export async function startGitLabNode(box: Box, dataSource?: string): Promise<GitLabNode> {
  const folder = mkdtempSync(join(tmpdir(), 'outpost-gitlab-'))
  const { ca, key, cert } = await makeAuthority(folder, ['DNS:gitlab.corp.test'])
  rmSync(folder, { recursive: true })
  const database = dataSource === undefined ? await createEmptyDatabase() : undefined
  const gitlab = await startGitLab({
    dataSource: dataSource ?? database!.dataSource,
    secretForm: 'sha512',
    tls: { key, cert },
  })
  const inner = Number(new URL(gitlab.url).port)
  // The test GitLab listens on the loopback address; this is its way out.
  const door = createServer((outside) => {
    const inside = connect(inner, '127.0.0.1')
    const end = (): void => void (inside.destroy(), outside.destroy())
    for (const socket of [inside, outside]) socket.once('error', end).once('close', end)
    outside.pipe(inside).pipe(outside)
  })
  await new Promise<void>((done) => door.listen(0, box.hostAddress, done))
  const root = await gitlab.addUser({ username: 'root', admin: true })
  const token = await gitlab.addPersonalToken(root.id, 'api')
  const close = async (): Promise<void> => {
    await new Promise((done) => door.close(done))
    await gitlab.close()
    await database?.drop()
  }
  const { port } = door.address() as AddressInfo
  return { gitlab, url: `https://gitlab.corp.test:${port}`, ca, certificate: cert, token, close }
}

/** A browser that finds both hosts, and trusts exactly these certificates. */
export function openCorpBrowser(box: Box, certificates: readonly string[]): Promise<Browser> {
  const hosts = `MAP chat.corp.test ${box.address}, MAP gitlab.corp.test ${box.hostAddress}`
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking']
  return chromium.launch({
    executablePath: chromiumPath(),
    args: [
      ...args,
      `--host-resolver-rules=${hosts}`,
      `--ignore-certificate-errors-spki-list=${certificates.map(fingerprint).join(',')}`,
    ],
  })
}

/** Opens the chat as somebody with nothing stored and signs in with GitLab; `consents` where GitLab asks. */
export async function signInThroughGitLab(browser: Browser, username: string, consents = false): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-US', baseURL: 'https://chat.corp.test' })
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  await page.goto('/login')
  await page
    .getByRole('link', { name: /GitLab/ })
    .first()
    .click()
  await page.getByLabel('Username or primary email').fill(username)
  await page.getByLabel('Password').fill(`password of ${username}`)
  await page.getByRole('button', { name: 'Sign in' }).click()
  if (consents) await page.getByRole('button', { name: 'Authorize' }).click()
  await page.waitForURL((url) => url.host === 'chat.corp.test' && !url.pathname.includes('gitlab'))
  return page
}

function fingerprint(certificate: string): string {
  const key = new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' })
  return createHash('sha256').update(key).digest('base64')
}
