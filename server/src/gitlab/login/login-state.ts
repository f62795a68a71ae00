import { isId, newId } from '../../ids.ts'

/** What a sign-in is for. */
export type LoginAction = 'login' | 'signup' | 'mobile' | 'email_to_sso'

/**
 * What travels through GitLab and back. Anyone can write one: only what is compared with the stored token is believed,
 * the rest is checked like any other input.
 */
export interface LoginState {
  readonly action: string
  readonly token: string
  readonly email: string
  readonly redirectTo: string
  readonly isMobile: boolean
  readonly desktopToken: string
  readonly inviteToken: string
  readonly inviteId: string
}

/** Standard base64 of a flat map of strings, empty ones left out. */
export function encodeState(state: LoginState): string {
  const { action, token } = state
  const map = {
    action,
    token,
    ...(state.email && { email: state.email }),
    ...(state.redirectTo && { redirect_to: state.redirectTo }),
    ...(action === 'signup' || action === 'email_to_sso' ? {} : { isMobile: String(state.isMobile) }),
    ...(state.desktopToken && { desktop_token: state.desktopToken }),
    ...(state.inviteToken && { invite_token: state.inviteToken }),
    ...(state.inviteId && { invite_id: state.inviteId }),
  }
  return Buffer.from(JSON.stringify(map)).toString('base64')
}

/** null for anything that `encodeState` could not have made. */
export function decodeState(text: string): LoginState | null {
  // A plus sign that somebody on the way did not escape has become a blank.
  const base64 = text.replaceAll(' ', '+')
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return null
  let map: unknown
  try {
    map = JSON.parse(Buffer.from(base64, 'base64').toString('utf8'))
  } catch {
    return null
  }
  if (typeof map !== 'object' || map === null || Array.isArray(map)) return null
  if (!Object.values(map).every((value) => typeof value === 'string' && !value.includes('\0'))) return null
  const read = (name: string): string => (map as Record<string, string>)[name] ?? ''
  return {
    action: read('action'),
    token: read('token'),
    email: read('email'),
    redirectTo: read('redirect_to'),
    isMobile: read('isMobile') === 'true',
    desktopToken: read('desktop_token'),
    inviteToken: read('invite_token'),
    inviteId: read('invite_id'),
  }
}

export const LOGIN_COOKIE = 'MMOAUTH'
/** s */
export const LOGIN_COOKIE_LIFE = 1800
/** Sign-ins that one browser may have under way. An attacker's page could begin any number of them. */
const MAX_PENDING = 10

/** The secrets of the sign-ins that a browser has under way, newest first: one per tab. */
export const pendingOf = (cookie: string): string[] => cookie.split('.').filter(isId).slice(0, MAX_PENDING)

/** The cookie with one more sign-in, and its secret. */
export function addPending(cookie: string): { cookie: string; secret: string } {
  const secret = newId()
  return { cookie: [secret, ...pendingOf(cookie)].slice(0, MAX_PENDING).join('.'), secret }
}

/** The cookie without a sign-in that has ended; '' when none is left. */
export const dropPending = (cookie: string, secret: string): string =>
  pendingOf(cookie)
    .filter((one) => one !== secret)
    .join('.')
