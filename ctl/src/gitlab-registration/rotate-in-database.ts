import { findByUid, formInUse, updateApplication } from './applications.ts'
import { checkedInput } from './checked-input.ts'
import { inTransaction } from './database.ts'
import { missingApplication } from './problems.ts'
import { RegistrationError } from './registration.ts'
import type { GitLabDatabase, RegistrationRequest } from './registration.ts'
import { newSecret, storedSecret } from './secrets.ts'
import { readColumns } from './table.ts'

/**
 * Gives the application a new secret, or the given one. The old one is worthless at once; people who
 * are signed in stay so. The server needs the new one before anybody can sign in again.
 */
export async function rotateInDatabase(
  request: Omit<RegistrationRequest, 'siteUrl'> & { readonly connect: GitLabDatabase; readonly id: string },
): Promise<{ readonly id: string; readonly secret: string }> {
  const { id, secret: given } = checkedInput(request)
  return inTransaction(request.connect, async (client) => {
    const columns = await readColumns(client)
    const found = id ? await findByUid(client, id, 'lock') : null
    if (!found) throw new RegistrationError('missing', missingApplication(id).message)
    const secret = given || newSecret()
    const stored = await storedSecret(secret, await formInUse(client))
    await updateApplication(client, columns, found.id, { secret: stored })
    return { id, secret }
  })
}
