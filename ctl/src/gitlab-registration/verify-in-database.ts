import { findByUid } from './applications.ts'
import { callbackUris } from './callback-uris.ts'
import { checkedInput } from './checked-input.ts'
import { inTransaction } from './database.ts'
import { missingApplication, problemsOf } from './problems.ts'
import type { GitLabDatabase, RegistrationRequest, Verification } from './registration.ts'
import { readColumns } from './table.ts'

/** Whether the application with this id lets people sign in; changes nothing. A secret is compared if it is given. */
export async function verifyInDatabase(
  request: RegistrationRequest & { readonly connect: GitLabDatabase; readonly id: string },
): Promise<Verification> {
  const { id, secret, scopes } = checkedInput(request)
  const uris = callbackUris(request.siteUrl)
  return inTransaction(request.connect, async (client) => {
    await readColumns(client)
    const found = id ? await findByUid(client, id) : null
    const problems = found ? await problemsOf(found, { uris, secret, scopes }) : [missingApplication(id)]
    return { ok: !problems.some((one) => one.fatal), problems }
  })
}
