import { callbackUris } from './callback-uris.ts'
import { checkCredentials } from './check-credentials.ts'
import { checkedInput } from './checked-input.ts'
import { listApplications } from './gitlab-api.ts'
import type { ApiAccess } from './gitlab-api.ts'
import { apiProblemsOf, missingApplication, wrongSecret } from './problems.ts'
import type { RegistrationRequest, Verification } from './registration.ts'

/** The same as `verifyInDatabase` by GitLab's API, which does not tell whether an application is trusted. */
export async function verifyByApi(
  request: RegistrationRequest & ApiAccess & { readonly id: string },
): Promise<Verification> {
  const { id, secret, scopes } = checkedInput(request)
  const uris = callbackUris(request.siteUrl)
  const found = id ? (await listApplications(request)).find((one) => one.uid === id) : undefined
  if (!found) return { ok: false, problems: [missingApplication(id)] }
  const problems = apiProblemsOf(found, { uris, scopes })
  if (secret && !(await checkCredentials({ ...request, id, secret }))) problems.push(wrongSecret)
  return { ok: !problems.some((one) => one.fatal), problems }
}
