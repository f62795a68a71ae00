import { randomBytes } from 'node:crypto'
import { sendHook, signedIn } from './instance.ts'
import type { Instance, WebSession } from './instance.ts'
import { homePage, signInPage } from './pages.ts'
import type { GitLabUser } from './store.ts'
import { html, redirect } from './web.ts'
import type { WebAnswer, WebRequest } from './web.ts'

/** The browser's session, a new one if it has none; `headers` hand the cookie over. */
export function sessionOf(
  instance: Instance,
  request: WebRequest,
): { session: WebSession; headers: Record<string, string> } {
  const known = instance.sessions.get(request.cookies.get(instance.cookieName) ?? '')
  if (known) return { session: known, headers: {} }
  const session: WebSession = { csrf: randomBytes(16).toString('hex'), userId: 0, returnTo: '/' }
  return { session, headers: keep(instance, session) }
}

function keep(instance: Instance, session: WebSession): Record<string, string> {
  const id = randomBytes(16).toString('hex')
  instance.sessions.set(id, session)
  return { 'Set-Cookie': `${instance.cookieName}=${id}; Path=/; HttpOnly; SameSite=Lax` }
}

/** Signing in to GitLab itself with a password. */
export async function signIn(instance: Instance, request: WebRequest): Promise<WebAnswer> {
  const { session, headers } = sessionOf(instance, request)
  if (request.method === 'GET') return html(200, signInPage(session.csrf), headers)
  const refuse = (text: string) => html(422, signInPage(session.csrf, text), headers)
  if (request.form.get('authenticity_token') !== session.csrf) return refuse('The form has expired. Try again.')
  const [login, password] = [request.form.get('user[login]') ?? '', request.form.get('user[password]') ?? '']
  const user = await instance.store.userByLogin(login, password)
  if (!user) return refuse('Invalid login or password.')
  const problem = await whyNot(instance, user)
  if (problem) return refuse(problem)
  // A new id: one that was planted before must not become a signed-in one.
  instance.sessions.delete(request.cookies.get(instance.cookieName) ?? '')
  const fresh: WebSession = { csrf: randomBytes(16).toString('hex'), userId: user.id, returnTo: '/' }
  return redirect(session.returnTo, keep(instance, fresh))
}

/** Why GitLab does not let this person in, ''. Signing in wakes a deactivated account up. */
async function whyNot(instance: Instance, user: GitLabUser): Promise<string> {
  if (user.state === 'deactivated') {
    await instance.store.changeUser(user.id, { state: 'active' })
    return ''
  }
  if (user.state !== 'active') {
    const { id, username, email, name, state } = user
    await sendHook(instance, { event_name: 'user_failed_login', user_id: id, username, email, name, state })
    return 'Your account is blocked. Ask your GitLab administrator.'
  }
  return user.confirmed ? '' : 'You have to confirm your email address before continuing.'
}

export function signOut(instance: Instance, request: WebRequest): WebAnswer {
  instance.sessions.delete(request.cookies.get(instance.cookieName) ?? '')
  return redirect('/users/sign_in')
}

export async function home(instance: Instance, request: WebRequest): Promise<WebAnswer> {
  const { session, headers } = sessionOf(instance, request)
  return html(200, homePage((await signedIn(instance, session))?.name ?? ''), headers)
}
