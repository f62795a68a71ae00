import { formOf, secretMatches } from './secrets.ts'
import type { Application } from './applications.ts'
import type { Problem, ProblemCode } from './registration.ts'

/** The application is not there at all. */
export const missingApplication = (id: string): Problem =>
  problem('missing', `GitLab has no application with the id ${id}. Register the chat server again.`)

/** What keeps people from signing in with this application, and what is merely not as it should be. */
export async function problemsOf(
  found: Application,
  wanted: { readonly uris: readonly string[]; readonly secret: string; readonly scopes: string },
): Promise<Problem[]> {
  const problems = apiProblemsOf(found, wanted)
  if (wanted.secret && !(await secretMatches(wanted.secret, found.secret))) {
    const kept = formOf(found.secret) === 'plain' ? 'another secret' : 'the hash of another secret'
    problems.push(problem('secret', `GitLab has ${kept} for this application. Repair the registration or rotate.`))
  }
  if (!found.trusted) {
    problems.push(problem('not_trusted', 'The application is not trusted: people are asked for consent once.', false))
  }
  if (found.owned || found.dynamic) {
    problems.push(
      problem('owned', 'The application belongs to somebody who can change it. Repair the registration.', false),
    )
  }
  return problems
}

/** The same as far as GitLab's API shows an application. */
export function apiProblemsOf(
  found: {
    readonly uris: readonly string[]
    readonly scopes: readonly string[] | null
    readonly confidential: boolean
  },
  wanted: { readonly uris: readonly string[]; readonly scopes: string },
): Problem[] {
  const problems: Problem[] = []
  const missing = wanted.uris.filter((uri) => !found.uris.includes(uri))
  if (missing.length > 0) {
    const known = found.uris.join(', ') || 'none'
    const text = `GitLab would refuse to lead back to ${missing.join(' and ')}; it knows ${known}. Repair the registration.`
    problems.push(problem('redirect', text))
  }
  const lacking = wanted.scopes.split(' ').filter((scope) => !found.scopes?.includes(scope))
  // Without a list, an application may ask for anything.
  if (found.scopes && found.scopes.length > 0 && lacking.length > 0) {
    problems.push(problem('scope', `The application does not allow ${lacking.join(' and ')}. Repair the registration.`))
  }
  if (!found.confidential) {
    const text = 'The application is not confidential: GitLab does not ask for the secret. Repair the registration.'
    problems.push(problem('not_confidential', text, false))
  }
  return problems
}

/** GitLab itself refused id and secret. */
export const wrongSecret: Problem = {
  code: 'secret',
  message: 'GitLab does not accept the secret. Repair the registration or rotate.',
  fatal: true,
}

const problem = (code: ProblemCode, message: string, fatal = true): Problem => ({ code, message, fatal })
