import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { Value } from '@sinclair/typebox/value'
import type { App } from '../../app.ts'
import { attachmentsOf } from '../../posts/attachments.ts'
import type { Post } from '../../posts/post.ts'
import { actionError } from './actions.errors.ts'
import { ActionCookie } from './actions.schemas.ts'
import { retainedProps } from './retained-props.ts'
import { findServerKeys } from './server-keys.store.ts'

const [NONCE, TAG] = [12, 16]

/**
 * An ephemeral post as its reader gets it: instead of the address that a button calls it carries an encrypted cookie,
 * which comes back with the click, because the server does not keep the post. Costs a query only when there are buttons.
 */
export async function withActionCookies(app: Pick<App, 'db'>, post: Post): Promise<Post> {
  const attachments = attachmentsOf(post.props)
  if (!attachments.some((one) => Array.isArray(one.actions) && one.actions.length > 0)) return post
  const key = await cookieKey(app)
  const sealed = attachments.map((attachment) =>
    Array.isArray(attachment.actions)
      ? { ...attachment, actions: attachment.actions.filter(isFields).map((one) => sealedAction(key, post, one)) }
      : attachment,
  )
  return { ...post, props: { ...post.props, attachments: sealed } }
}

/** The cookie of a button of post `postId`, decrypted. Throws 400 for anything that this server did not encrypt for it. */
export async function openActionCookie(app: Pick<App, 'db'>, cookie: string, postId: string): Promise<ActionCookie> {
  const key = await cookieKey(app)
  const opened = unseal(key, cookie)
  if (!Value.Check(ActionCookie, opened) || opened.post_id !== postId) {
    throw actionError('api.post.do_action.action_integration.app_error', {}, 'the cookie is not one of this post')
  }
  return opened
}

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null

function sealedAction(key: Buffer, post: Post, { integration, cookie: _cookie, ...action }: Fields): Fields {
  if (!isFields(integration) || typeof integration.url !== 'string') return action
  const contents = {
    type: action.type,
    data_source: action.data_source,
    integration: { url: integration.url, context: integration.context },
    post_id: post.id,
    root_post_id: post.root_id,
    channel_id: post.channel_id,
    retain_props: retainedProps(post.props),
    user_id: post.user_id,
    create_at: post.create_at,
  }
  // A button that could never be clicked is shown without its cookie.
  return Value.Check(ActionCookie, contents) ? { ...action, cookie: seal(key, contents) } : action
}

/** AES-256-GCM: nonce, cipher text and tag in one, as Base64, which is the form of the reference. */
function seal(key: Buffer, contents: object): string {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const text = [cipher.update(JSON.stringify(contents), 'utf8'), cipher.final()]
  return Buffer.concat([nonce, ...text, cipher.getAuthTag()]).toString('base64')
}

function unseal(key: Buffer, cookie: string): unknown {
  const bytes = Buffer.from(cookie, 'base64')
  if (bytes.length <= NONCE + TAG) return undefined
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE), { authTagLength: TAG })
  decipher.setAuthTag(bytes.subarray(-TAG))
  try {
    const text = [decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()]
    return JSON.parse(Buffer.concat(text).toString('utf8'))
  } catch {
    return undefined
  }
}

async function cookieKey(app: Pick<App, 'db'>): Promise<Buffer> {
  const { cookies } = await findServerKeys(app.db)
  const encoded = /"key":\s*"([A-Za-z0-9+/=]+)"/.exec(cookies)?.[1] ?? ''
  const key = Buffer.from(encoded, 'base64')
  if (key.length !== 32) {
    throw actionError('interactive_message.generate_trigger_id.signing_failed', {}, 'no PostActionCookieSecret')
  }
  return key
}
