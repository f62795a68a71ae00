import { escapeHtml } from './web.ts'

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)} · GitLab</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body{font:16px/1.5 sans-serif;max-width:26rem;margin:4rem auto;padding:0 1rem}
label,input,button{display:block;width:100%;box-sizing:border-box;margin:.3rem 0;font:inherit;padding:.4rem}
label{padding:0}[role=alert]{background:#fdd4cd;padding:.6rem}</style></head>
<body><h1>${escapeHtml(title)}</h1>${body}</body></html>`

const hidden = (fields: Readonly<Record<string, string>>): string =>
  Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`)
    .join('')

/** Where people sign in to GitLab itself. `csrf` goes back with the form. */
export function signInPage(csrf: string, problem = ''): string {
  const alert = problem && `<p role="alert">${escapeHtml(problem)}</p>`
  return page(
    'Sign in',
    `${alert}<form id="new_user" action="/users/sign_in" method="post">${hidden({ authenticity_token: csrf })}
<label for="user_login">Username or primary email</label><input id="user_login" name="user[login]" autocomplete="username">
<label for="user_password">Password</label><input id="user_password" name="user[password]" type="password" autocomplete="current-password">
<button type="submit" data-testid="sign-in-button">Sign in</button></form>`,
  )
}

/** Asks a person whether an application may see who he is. */
export function consentPage(application: string, scopes: string, fields: Readonly<Record<string, string>>): string {
  const form = (id: string, method: string, label: string) =>
    `<form id="${id}" action="/oauth/authorize" method="post">${hidden({ ...fields, ...(method && { _method: method }) })}
<button type="submit">${label}</button></form>`
  return page(
    `Authorize ${application}`,
    `<p>${escapeHtml(application)} asks for: ${escapeHtml(scopes)}</p>${form('authorize', '', 'Authorize')}${form('deny', 'delete', 'Deny')}`,
  )
}

/** Without a question to ask, GitLab goes on by a page with a script, not by a redirect that an HTTP client follows. */
export function redirectPage(location: string): string {
  const target = JSON.stringify(location).replaceAll('<', '\\u003c')
  return page(
    'Redirecting',
    `<p><a id="continue" href="${escapeHtml(location)}">Continue</a></p><script>window.location = ${target}</script>`,
  )
}

export const errorPage = (text: string): string =>
  page('An error has occurred', `<p role="alert">${escapeHtml(text)}</p>`)

export const homePage = (name: string): string =>
  page('GitLab', name ? `<p>Signed in as ${escapeHtml(name)}</p>` : '<p><a href="/users/sign_in">Sign in</a></p>')
