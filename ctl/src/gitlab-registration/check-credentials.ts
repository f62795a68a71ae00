import { callbackUris } from './callback-uris.ts'
import { gitlabBase, sendToGitLab } from './gitlab-api.ts'
import { RegistrationError } from './registration.ts'

/** What a chat server would present to GitLab. */
export interface CredentialsRequest {
  readonly gitlabUrl: string
  readonly siteUrl: string
  readonly id: string
  readonly secret: string
}

/**
 * Asks GitLab itself whether it accepts id and secret, by exchanging a code that cannot exist: no right is needed and
 * nothing is changed. Throws RegistrationError when GitLab gives no answer that says it.
 */
export async function checkCredentials(request: CredentialsRequest): Promise<boolean> {
  const base = gitlabBase(request.gitlabUrl)
  const { status, body } = await sendToGitLab(`${base}/oauth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams({
      client_id: request.id,
      client_secret: request.secret,
      grant_type: 'authorization_code',
      code: 'outpost-checks-its-registration',
      redirect_uri: callbackUris(request.siteUrl)[0]!,
    }).toString(),
  })
  const error = (body as { error?: unknown } | undefined)?.error
  if (error === 'invalid_grant') return true
  if (error === 'invalid_client' || error === 'unauthorized_client') return false
  const how = 'Check that this is the external_url of GitLab and that nothing in front of it intercepts /oauth/token.'
  throw new RegistrationError('not_gitlab', `${base}/oauth/token answered ${status} and not as GitLab does. ${how}`)
}
