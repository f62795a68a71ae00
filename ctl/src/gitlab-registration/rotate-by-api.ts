import { checkedInput } from './checked-input.ts'
import { listApplications, renewSecret } from './gitlab-api.ts'
import type { ApiAccess } from './gitlab-api.ts'
import { missingApplication } from './problems.ts'
import { RegistrationError } from './registration.ts'

/** Has GitLab make a new secret for the application; the old one is worthless at once. Needs GitLab 16.11 or later. */
export async function rotateByApi(
  request: ApiAccess & { readonly id: string },
): Promise<{ readonly id: string; readonly secret: string }> {
  const { id } = checkedInput({ id: request.id })
  const found = id ? (await listApplications(request)).find((one) => one.uid === id) : undefined
  if (!found) throw new RegistrationError('missing', missingApplication(id).message)
  const secret = await renewSecret(request, found.id)
  if (secret) return { id, secret }
  const how = 'Renew it in the Admin area, under Applications, or register again.'
  throw new RegistrationError('refused', `This GitLab cannot renew a secret by its API. ${how}`)
}
