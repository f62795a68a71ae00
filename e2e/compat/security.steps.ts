import { totpCode, totpStep } from '../../server/src/sessions/totp.ts'
import { expect, newApi, PASSWORD, refusal, signUp, step, theme, world } from './scenario.ts'
import type { Api, Json } from './scenario.ts'

const NEW_PASSWORD = 'another horse 8'

/** Sessions, tokens, passwords, the second factor, and accounts that are switched off. */
theme('security')

let api: Api
let user: Json

step('somebody sees his sessions and ends one of them', async () => {
  user = await signUp('carol')
  api = newApi()
  const other = newApi()
  await api.login('carol', PASSWORD)
  await other.login('carol', PASSWORD)
  const sessions = await api.getSessions(user.id)
  expect(sessions).toHaveLength(2)
  expect(sessions.every((one: Json) => one.token === '' || one.token === undefined)).toBe(true)
  await other.logout()
  expect(await api.getSessions(user.id)).toHaveLength(1)
})
step('a revoked session is worthless at once', async () => {
  const other = newApi()
  await other.login('carol', PASSWORD)
  await api.revokeAllSessionsForUser(user.id)
  expect([(await refusal(other.getMe())).status_code, (await refusal(api.getMe())).status_code]).toEqual([401, 401])
  await api.login('carol', PASSWORD)
})
step('access tokens need the right to have them', async () => {
  expect((await refusal(api.createUserAccessToken(user.id, 'my script'))).status_code).toBe(403)
  await world.admin.api.updateUserRoles(user.id, 'system_user system_user_access_token')
})
step('an access token works until it is switched off', async () => {
  const made = await api.createUserAccessToken(user.id, '내 스크립트')
  expect(made.token).toHaveLength(26)
  const script = newApi()
  script.setToken(made.token)
  expect((await script.getMe()).id).toBe(user.id)
  const listed = await api.getUserAccessTokensForUser(user.id)
  expect(listed).toEqual([expect.objectContaining({ id: made.id, description: '내 스크립트', is_active: true })])
  expect(listed[0].token ?? '').toBe('')
  await api.disableUserAccessToken(made.id)
  expect((await refusal(script.getMe())).status_code).toBe(401)
  await api.enableUserAccessToken(made.id)
  expect((await script.getMe()).id).toBe(user.id)
  await api.revokeUserAccessToken(made.id)
  expect((await refusal(script.getMe())).status_code).toBe(401)
})
step('the administrator lists all access tokens', async () => {
  expect(await world.admin.api.getUserAccessTokens(0, 10)).toEqual([])
})
step('a password is changed by who knows the old one', async () => {
  const wrong = await refusal(api.updateUserPassword(user.id, 'wrong horse 7', NEW_PASSWORD))
  expect(wrong.status_code).toBe(400)
  expect(await api.updateUserPassword(user.id, PASSWORD, NEW_PASSWORD)).toEqual({ status: 'OK' })
  expect((await refusal(newApi().login('carol', PASSWORD))).status_code).toBe(401)
})
step('a forgotten password is reset by the token of the mail', async () => {
  expect(await newApi().sendPasswordResetEmail('carol@example.com')).toEqual({ status: 'OK' })
  const row = await world.server.app.db
    .selectFrom('tokens')
    .select('token')
    .where('type', '=', 'password_recovery')
    .where('extra', 'like', `%${user.id}%`)
    .executeTakeFirstOrThrow()
  expect(await newApi().resetUserPassword(row.token, PASSWORD)).toEqual({ status: 'OK' })
  expect((await refusal(newApi().resetUserPassword(row.token, PASSWORD))).status_code).toBe(400)
  await api.login('carol', PASSWORD)
})
step('nobody learns from the reset page which addresses exist', async () => {
  expect(await newApi().sendPasswordResetEmail('nobody@example.com')).toEqual({ status: 'OK' })
})
step('a second factor is set up and asked for', async () => {
  const { secret, qr_code } = await api.generateMfaSecret(user.id)
  expect(Buffer.from(qr_code, 'base64').subarray(1, 4).toString()).toBe('PNG')
  const code = totpCode(secret, totpStep(Date.now()))
  expect(await api.updateUserMfa(user.id, true, code)).toEqual({ status: 'OK' })
  expect((await refusal(newApi().login('carol', PASSWORD))).server_error_id).toBe(
    'mfa.validate_token.authenticate.app_error',
  )
  // The code that was used for the set-up may be spent; the next one is valid, too, because clocks differ.
  const next = totpCode(secret, totpStep(Date.now()) + 1)
  expect((await newApi().login('carol', PASSWORD, next)).mfa_active).toBe(true)
  await world.admin.api.updateUserMfa(user.id, false, '')
  expect((await newApi().login('carol', PASSWORD)).mfa_active ?? false).toBe(false)
})
step('what happened to an account is recorded', async () => {
  const audits = await world.admin.api.getUserAudits(user.id, 0, 50)
  expect(audits.every((one: Json) => one.user_id === user.id)).toBe(true)
})
step('a deactivated account is out at once and cannot come back by itself', async () => {
  world.mina.socket.clear()
  expect(await world.admin.api.updateUserActive(user.id, false)).toEqual({ status: 'OK' })
  expect((await refusal(api.getMe())).status_code).toBe(401)
  expect((await refusal(newApi().login('carol', PASSWORD))).status_code).toBe(401)
  await world.mina.socket.heard('user_updated', (one) => one.data.user.id === user.id)
  expect((await world.mina.api.getUser(user.id)).delete_at).toBeGreaterThan(0)
})
step('an administrator brings it back', async () => {
  await world.admin.api.updateUserActive(user.id, true)
  expect((await newApi().login('carol', PASSWORD)).id).toBe(user.id)
})
step('a person becomes a guest: no open channels, no one but his own', async () => {
  await world.admin.api.addToTeam(world.team.id, user.id)
  expect(await world.admin.api.demoteUserToGuest(user.id)).toEqual({ status: 'OK' })
  await api.login('carol', PASSWORD)
  expect((await api.getMe()).roles).toBe('system_guest')
  expect((await refusal(api.getChannels(world.team.id))).status_code).toBe(403)
})
step('a guest is promoted', async () => {
  expect(await world.admin.api.promoteGuestToUser(user.id)).toEqual({ status: 'OK' })
  await api.login('carol', PASSWORD)
  expect((await api.getMe()).roles).toContain('system_user')
  const names = (await api.getMyChannels(world.team.id)).map((one: Json) => one.name)
  expect(names).toEqual(expect.arrayContaining(['town-square', 'off-topic']))
})
