import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { App } from '../../app.ts'
import { newId } from '../../ids.ts'
import { actionError } from './actions.errors.ts'
import { findServerKeys } from './server-keys.store.ts'

/** A real one has some 200 characters. */
const MAX_TRIGGER = 1000

/**
 * A new proof that `userId` has just clicked or sent a command: with it an integration may open a dialog for him. Base64
 * of `id:user:time:signature`, signed with the server's P-256 key as the reference does. Throws 500 without a key.
 */
export async function newTriggerId(app: Pick<App, 'db'>, userId: string): Promise<string> {
  const key = await signingKey(app)
  const data = `${newId()}:${userId}:${Date.now()}:`
  return Buffer.from(data + sign('sha256', Buffer.from(data), key).toString('base64')).toString('base64')
}

/**
 * The click that a trigger id proves: its own id and who clicked. Throws 400 for one that is broken, foreign or older
 * than OutgoingIntegrationRequestsTimeout seconds.
 */
export async function readTriggerId(
  app: Pick<App, 'config' | 'db'>,
  triggerId: string,
): Promise<{ id: string; userId: string }> {
  if (triggerId.length > MAX_TRIGGER || !/^[A-Za-z0-9+/]+={0,2}$/.test(triggerId)) {
    throw actionError('interactive_message.decode_trigger_id.base64_decode_failed')
  }
  const parts = Buffer.from(triggerId, 'base64').toString('utf8').split(':')
  const [id, userId, time, signature] = parts
  if (parts.length !== 4 || !id || !userId || !time || !signature) {
    throw actionError('interactive_message.decode_trigger_id.missing_data')
  }
  const key = createPublicKey(await signingKey(app))
  if (!verify('sha256', Buffer.from(`${id}:${userId}:${time}:`), key, Buffer.from(signature, 'base64'))) {
    throw actionError('interactive_message.decode_trigger_id.verify_signature_failed')
  }
  const seconds = app.config.get().ServiceSettings.OutgoingIntegrationRequestsTimeout
  if (Date.now() - Number(time) > seconds * 1000) {
    throw actionError('interactive_message.decode_trigger_id.expired', { Seconds: seconds })
  }
  return { id, userId }
}

async function signingKey(app: Pick<App, 'db'>): Promise<KeyObject> {
  const { signing } = await findServerKeys(app.db)
  // The numbers are bare integers beyond what a JavaScript number holds, so their digits are read from the text.
  const part = (name: string) => new RegExp(`"${name}":\\s*(\\d{1,80})`).exec(signing)?.[1]
  const [x, y, d] = [part('x'), part('y'), part('d')]
  if (!x || !y || !d) throw actionError('interactive_message.generate_trigger_id.signing_failed', {}, 'no signing key')
  const jwk = { kty: 'EC', crv: 'P-256', x: coordinate(x), y: coordinate(y), d: coordinate(d) }
  return createPrivateKey({ key: jwk, format: 'jwk' })
}

const coordinate = (digits: string): string =>
  Buffer.from(BigInt(digits).toString(16).padStart(64, '0'), 'hex').toString('base64url')
