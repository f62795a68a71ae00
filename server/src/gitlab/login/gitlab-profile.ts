import { validEmail, validUsername } from '../../users/user-rules.ts'

/** A person as GitLab describes him, checked and in our terms. */
export interface GitLabPerson {
  readonly id: number
  /** fit for an account here; '' when nothing usable is left of it */
  readonly username: string
  /** in lower case */
  readonly email: string
  readonly firstName: string
  readonly lastName: string
  /** GitLab knows that the address is his */
  readonly confirmed: boolean
}

/** Names that are addresses of the web client. */
const RESERVED = new Set(
  `admin api channel claim error files help landing login mfa oauth plug plugins post signup boards playbooks`.split(
    ' ',
  ),
)

/** Reads the answer of `/api/v4/user`; null when it does not say who somebody is. */
export function readPerson(body: unknown, preferred: boolean): GitLabPerson | null {
  if (typeof body !== 'object' || body === null) return null
  const fields = body as Record<string, unknown>
  const text = (name: string): string => (typeof fields[name] === 'string' ? (fields[name] as string) : '')
  const id = fields.id
  const email = text('email').trim().toLowerCase()
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || id <= 0 || !validEmail(email)) return null
  const preferredName = preferred ? text('preferred_username').split('@')[0]! : ''
  const name = printable(text('name'))
  const at = name.indexOf(' ')
  return {
    id,
    username: cleanUsername(preferredName || text('username') || text('login')),
    email,
    firstName: cut(at < 0 ? name : name.slice(0, at)),
    lastName: cut(at < 0 ? '' : name.slice(at + 1).trim()),
    // GitLab lets people in for some days before they have confirmed; until then the address may be anybody's.
    confirmed: !('confirmed_at' in fields) || text('confirmed_at') !== '',
  }
}

/** A GitLab username with the characters that usernames have here, '' when none of it can be used. */
export function cleanUsername(name: string): string {
  const lower = name.normalize('NFKC').toLowerCase().trim().replaceAll(/\s/g, '-')
  const kept = (RESERVED.has(lower) ? '' : lower).replaceAll(/[^a-z0-9._-]/g, '-').replaceAll(/^-+|-+$/g, '')
  return validUsername(kept) ? kept : ''
}

const printable = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cs}]/gu, '').trim()
const cut = (text: string): string => [...text].slice(0, 64).join('')
