import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { App } from '../../app.ts'
import type { GitLabTokens } from './gitlab-client.ts'

/** The key is in the configuration, the text in the database: whoever has only one of them has nothing. */
function keyOf(app: Pick<App, 'config'>): Buffer {
  const { SqlSettings, GitLabSettings } = app.config.get()
  const secret = SqlSettings.AtRestEncryptKey || GitLabSettings.Secret
  return Buffer.from(hkdfSync('sha256', secret, '', 'gitlab tokens', 32))
}

/** AES-256-GCM, bound to the account: a row copied to another account cannot be read there. */
export function sealTokens(app: Pick<App, 'config'>, userId: string, tokens: GitLabTokens): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyOf(app), iv).setAAD(Buffer.from(userId))
  const sealed = Buffer.concat([cipher.update(JSON.stringify(tokens)), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64')
}

/** null when the key was changed or the text damaged. */
export function openTokens(app: Pick<App, 'config'>, userId: string, text: string): GitLabTokens | null {
  try {
    const bytes = Buffer.from(text, 'base64')
    const decipher = createDecipheriv('aes-256-gcm', keyOf(app), bytes.subarray(0, 12))
    decipher.setAAD(Buffer.from(userId)).setAuthTag(bytes.subarray(12, 28))
    const plain = Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()])
    return JSON.parse(plain.toString('utf8')) as GitLabTokens
  } catch {
    return null
  }
}
