import type { ProxyEnvironment } from '../../outgoing/proxy-environment.ts'
import { guardedFetch } from '../../outgoing/guarded-fetch.ts'
import { FileStoreError } from '../file-store.ts'
import type { S3Settings } from './s3-settings.ts'

/** With what requests are signed. */
export type Credentials = { accessKeyId: string; secretAccessKey: string; sessionToken?: string }

/** Answers the credentials to use now. Throws `FileStoreError` `settings` when there are none. */
export type CredentialSource = () => Promise<Credentials>

/** `metadata` is the service of the machine's own cloud; default that of AWS. */
type Sources = { env: ProxyEnvironment; allowedInternal: string; metadata?: string }

const METADATA = 'http://169.254.169.254'
const CONTAINER = 'http://169.254.170.2'
const RENEW_BEFORE_MS = 5 * 60_000

/**
 * Where credentials come from: the configured key; else AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; else the service that
 * AWS_CONTAINER_CREDENTIALS_… names; else the role of the machine (IMDSv2). Those two services lie at link-local
 * addresses, which no outgoing request may reach unless AllowedUntrustedInternalConnections names them. What they
 * answer is kept until shortly before it expires.
 */
export function credentialSource(key: S3Settings['key'], sources: Sources): CredentialSource {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = sources.env
  if (key) return () => Promise.resolve(key)
  if (AWS_ACCESS_KEY_ID && AWS_SECRET_ACCESS_KEY) {
    const session = AWS_SESSION_TOKEN ? { sessionToken: AWS_SESSION_TOKEN } : {}
    const found = { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY, ...session }
    return () => Promise.resolve(found)
  }
  let kept: Promise<{ credentials: Credentials; until: number }> | undefined
  return async () => {
    const found = await kept?.catch(() => undefined)
    if (found && found.until > Date.now()) return found.credentials
    kept = fetchCredentials(sources)
    return (await kept).credentials
  }
}

async function fetchCredentials(sources: Sources): Promise<{ credentials: Credentials; until: number }> {
  try {
    const answer = JSON.parse(await credentialDocument(sources)) as Record<string, unknown>
    const { AccessKeyId, SecretAccessKey, Token, Expiration } = answer
    if (typeof AccessKeyId !== 'string' || typeof SecretAccessKey !== 'string') throw new Error('no key in the answer')
    const session = typeof Token === 'string' ? { sessionToken: Token } : {}
    const expires = Date.parse(String(Expiration))
    const until = Number.isNaN(expires) ? Date.now() + RENEW_BEFORE_MS : expires - RENEW_BEFORE_MS
    return { credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, ...session }, until }
  } catch (error) {
    const way =
      'Set FileSettings.AmazonS3AccessKeyId and AmazonS3SecretAccessKey, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY'
    const role = `or let the machine's role be asked by adding ${new URL(METADATA).hostname} to ServiceSettings.AllowedUntrustedInternalConnections.`
    throw new FileStoreError('settings', `There is no key for S3. ${way}, ${role} (${String(error)})`, error)
  }
}

async function credentialDocument({ env, allowedInternal, metadata = METADATA }: Sources): Promise<string> {
  const ask = async (url: string, headers: Record<string, string> = {}, method = 'GET') => {
    const rules = { timeoutMs: 3000, maxBytes: 64 * 1024, trust: 'admin', maxRedirects: 0, environment: {} } as const
    const answer = await guardedFetch(url, { ...rules, method, headers, allowedInternal })
    if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`)
    return answer.body.toString()
  }
  const relative = env['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI']
  const container = relative ? CONTAINER + relative : env['AWS_CONTAINER_CREDENTIALS_FULL_URI']
  const authorization = env['AWS_CONTAINER_AUTHORIZATION_TOKEN']
  if (container) return ask(container, authorization ? { authorization } : {})
  const token = await ask(`${metadata}/latest/api/token`, { 'x-aws-ec2-metadata-token-ttl-seconds': '21600' }, 'PUT')
  const headers = { 'x-aws-ec2-metadata-token': token }
  const roles = `${metadata}/latest/meta-data/iam/security-credentials/`
  const role = (await ask(roles, headers)).split('\n')[0]!.trim()
  return ask(roles + encodeURIComponent(role), headers)
}
