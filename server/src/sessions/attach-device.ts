import type { App } from '../app.ts'
import { invalidBody } from '../http/errors.ts'
import { endOtherSessionsOfDevice, MAX_DEVICE_ID } from './begin-session.ts'
import type { Session } from './session.ts'
import { updateSessionDevice } from './sessions.store.ts'

/** What a mobile app tells of its device; '' leaves a value as it is. */
export interface DeviceReport {
  readonly deviceId: string
  readonly notificationsDisabled: string
  readonly mobileVersion: string
}

/**
 * Ties a session to the device that it runs on, which gets push notifications from now on, and notes what the app says
 * of itself. Throws 400 for values no app sends.
 */
export async function attachDevice(
  app: Pick<App, 'sessions' | 'unitOfWork'>,
  session: Session,
  report: DeviceReport,
): Promise<void> {
  const { deviceId, notificationsDisabled, mobileVersion } = report
  if (deviceId.length > MAX_DEVICE_ID) throw invalidBody('device_id')
  if (!['', 'true', 'false'].includes(notificationsDisabled)) throw invalidBody('device_notification_disabled')
  if (mobileVersion !== '' && !VERSION.test(mobileVersion)) throw invalidBody('mobile_version')
  const device = deviceId || session.deviceId
  const props = {
    ...session.props,
    ...(deviceId && { isMobile: 'true' }),
    ...(notificationsDisabled && { device_notification_disabled: notificationsDisabled }),
    ...(mobileVersion && { mobile_version: mobileVersion }),
  }
  const length = app.sessions.lengthOf({ deviceId: device, props })
  await app.unitOfWork(async (tx) => {
    const expiresAt = deviceId ? Date.now() + length : session.expiresAt
    await updateSessionDevice(tx.db, session.id, { deviceId: device, expiresAt, props })
    if (deviceId) await endOtherSessionsOfDevice(tx, { ...session, deviceId })
    tx.changed({ kind: 'session', token: session.token, userId: session.userId })
  })
}

const VERSION = /^\d{1,6}\.\d{1,6}\.\d{1,6}(?:[-+][0-9A-Za-z.+-]{1,60})?$/
