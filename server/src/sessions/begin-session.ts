import type { App } from '../app.ts'
import type { Tx } from '../database/unit-of-work.ts'
import type { Call } from '../http/route.ts'
import { createSession } from './create-session.ts'
import type { Session } from './session.ts'
import { deleteSessionsOfDevice } from './sessions.store.ts'
import { clientNames, isMobileAgent } from './user-agent.ts'

/** The client that signs in. */
export interface Client {
  /** `<platform>:<push token>`, '' for anything but the mobile app */
  readonly deviceId: string
  readonly userAgent: string
}

/** The longest device id that the table holds. */
export const MAX_DEVICE_ID = 512

/** The client behind a call. */
export function clientOf(call: Pick<Call, 'request'>, deviceId = ''): Client {
  return { deviceId, userAgent: call.request.headers['user-agent'] ?? '' }
}

/**
 * Begins the session of a client whose user has proven who he is, by password or (`sso`) at another service. A mobile
 * device has one session: its earlier ones end.
 */
export async function beginSession(
  app: Pick<App, 'access' | 'sessions'>,
  tx: Tx,
  userId: string,
  client: Client,
  sso: '' | 'oauth' | 'saml' = '',
): Promise<Session> {
  const { deviceId, userAgent } = client
  const mobile = deviceId !== '' || isMobileAgent(userAgent)
  const session = await createSession(app, tx, userId, {
    deviceId,
    props: {
      ...clientNames(userAgent),
      isMobile: String(mobile),
      isOAuthUser: String(sso === 'oauth'),
      isSaml: String(sso === 'saml'),
    },
  })
  await endOtherSessionsOfDevice(tx, session)
  return session
}

/** Ends what other sessions the device of `session` has: otherwise it would get each push notification twice. */
export async function endOtherSessionsOfDevice(
  tx: Tx,
  session: Pick<Session, 'id' | 'userId' | 'deviceId'>,
): Promise<void> {
  if (session.deviceId === '') return
  const tokens = await deleteSessionsOfDevice(tx.db, session.userId, session.deviceId, session.id)
  for (const token of tokens) tx.changed({ kind: 'session', token, userId: session.userId })
}
