import type { UserProfile } from '@mattermost/types/users'
import type { Api } from '../connect/api.ts'
import { isMissing } from '../connect/api-error.ts'

/** Fields of an account that only its administrators see. */
export type Account = UserProfile & { readonly auth_data?: string | null }

/** The account that an argument names: by e-mail address, by username, or by id. Throws when there is none. */
export async function findUser(api: Api, arg: string): Promise<Account> {
  const asked: (() => Promise<UserProfile>)[] = []
  if (isAddress(arg)) asked.push(() => api.call('GET', `/users/email/${encodeURIComponent(arg)}`))
  if (arg !== '' && !/[/\\]|\.\./.test(arg)) {
    asked.push(() => api.getUserByUsername(encodeURIComponent(arg)))
    if (isId(arg)) asked.push(() => api.getUser(arg))
  }
  return (await firstFound(asked)) ?? missing('user', arg)
}

/** Does it have the form of an id? Others need not be asked for by id. */
export const isId = (arg: string): boolean => /^[a-z0-9]{26}$/.test(arg)

/** The first answer that is not "there is no such thing"; other failures are thrown. */
export async function firstFound<T>(asked: readonly (() => Promise<T>)[]): Promise<T | undefined> {
  for (const ask of asked) {
    try {
      return await ask()
    } catch (error) {
      if (!isMissing(error)) throw error
    }
  }
  return undefined
}

/** Says that an argument names nothing. */
export function missing(kind: string, arg: string): never {
  throw new Error(`${kind} "${arg}" not found`)
}

// `..` would climb out of the path that the address becomes a part of.
const isAddress = (arg: string): boolean => /^[^\s@/\\]+@[^\s@/\\]+$/.test(arg) && !arg.includes('..')
