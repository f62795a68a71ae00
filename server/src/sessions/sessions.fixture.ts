import bcrypt from 'bcrypt'
import type { Person } from '../../../testkit/builders.ts'
import type { TestServer } from '../../../testkit/server.ts'
import type { Permission } from '../access/permission-ids.ts'
import type { RowChanges } from '../database/tables.ts'
import { newId } from '../ids.ts'

export const PASSWORD = 'correct horse 9'
let hash: Promise<string> | undefined

/** A person whose password is PASSWORD, with other columns as given. */
export async function withPassword(
  server: TestServer,
  person: Person,
  columns: RowChanges<'users'> = {},
): Promise<Person> {
  // Of the lowest cost, which the hash itself names: checking one as expensive as people's takes longer than all else.
  hash ??= bcrypt.hash(PASSWORD, 4)
  await changeUser(server, person, { password: await hash, ...columns })
  return person
}

/** Changes columns of a person's row, past the API. */
export async function changeUser(server: TestServer, person: Person, columns: RowChanges<'users'>): Promise<void> {
  await server.app.db.updateTable('users').set(columns).where('users.id', '=', person.id).execute()
  await server.app.delivery.deliver([{ kind: 'user', userId: person.id }], [])
}

/** A person whose own role, besides system_user, has these permissions. */
export async function withPermissions(server: TestServer, ...permissions: Permission[]): Promise<Person> {
  const name = `test_${newId()}`
  const now = Date.now()
  const names = { id: newId(), name, displayname: name, description: '', permissions: permissions.join(' ') }
  const row = { ...names, createat: now, updateat: now, deleteat: 0, schememanaged: false, builtin: false }
  await server.app.db.insertInto('roles').values(row).execute()
  await server.app.delivery.deliver([{ kind: 'roles' }], [])
  return server.make.user({ roles: `system_user ${name}` })
}

export async function userRow(server: TestServer, person: { id: string }) {
  return server.app.db.selectFrom('users').selectAll().where('users.id', '=', person.id).executeTakeFirstOrThrow()
}

/** What a browser would keep from an answer: name → value and flags. */
export function cookiesOf(headers: Headers): Map<string, { value: string; flags: string }> {
  return new Map(
    headers.getSetCookie().map((line) => {
      const [pair, ...flags] = line.split('; ')
      const at = pair!.indexOf('=')
      return [pair!.slice(0, at), { value: pair!.slice(at + 1), flags: flags.join('; ') }]
    }),
  )
}

/** What tests read of an entry of a session list. */
export interface ListedSession {
  readonly id: string
  readonly device_id: string
  readonly props: Record<string, string>
}
