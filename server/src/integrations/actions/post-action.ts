import type { App } from '../../app.ts'
import { noPermission } from '../../http/errors.ts'
import { findAction } from '../../posts/attachments.ts'
import { checkMessage, ownProps } from '../../posts/build-post.ts'
import { updateByIntegration } from '../../posts/edit-post.ts'
import { ephemeralMessage, ephemeralPost } from '../../posts/ephemeral-post.ts'
import { changeablePost } from '../../posts/post-access.ts'
import { authorSession } from '../../posts/system-post.ts'
import { event } from '../../realtime/events.ts'
import type { Session } from '../../sessions/session.ts'
import { openActionCookie, withActionCookies } from './action-cookies.ts'
import { actionError } from './actions.errors.ts'
import type { ActionCookie, DoPostAction, IntegrationAnswer } from './actions.schemas.ts'
import { askIntegration } from './ask-integration.ts'
import { retainedProps } from './retained-props.ts'
import { slackLinksToMarkdown } from './slack-links.ts'
import { newTriggerId } from './trigger-id.ts'

/** A button or menu with what is known of the post that it belongs to. */
interface Clicked {
  readonly action: Pick<ActionCookie, 'type' | 'data_source' | 'integration'>
  readonly channelId: string
  readonly rootId: string
  readonly retained: Record<string, unknown>
  /** does what the integration's answer says of the post */
  readonly update: (answer: NonNullable<IntegrationAnswer['update']>) => Promise<void>
}

/**
 * Somebody clicks a button or picks from a menu: the integration behind it is told, and what it answers is done: the
 * post changes, or the person gets an ephemeral post. Answers the trigger id with which the integration may open a
 * dialog. Throws 403 for a post that the caller may not read, 404 for a missing post or button, 400 in an archived
 * channel, for a cookie of another post, and when the integration cannot be asked or answers nonsense.
 */
export async function doPostAction(
  app: App,
  session: Session,
  target: { postId: string; actionId: string },
  { cookie, selected_option }: DoPostAction,
): Promise<{ status: 'OK'; trigger_id: string }> {
  const clicked = cookie
    ? await clickOnEphemeral(app, session, target.postId, cookie)
    : await clickOnPost(app, session, target.postId, target.actionId)
  const trigger_id = await newTriggerId(app, session.userId)
  const facts = { user_id: session.userId, post_id: target.postId, trigger_id }
  const request = await requestOf(app, clicked, facts, selected_option ?? '')
  const answer = await askIntegration(app, clicked.action.integration.url, request)
  const text = answer.ephemeral_text ?? ''
  checkMessage(app, text)
  if (answer.update) await clicked.update(answer.update)
  if (text !== '') {
    const message = answer.skip_slack_parsing ? text : slackLinksToMarkdown(text)
    const place = { channelId: clicked.channelId, rootId: clicked.rootId }
    const post = ephemeralPost({ authorId: session.userId, ...place, message, props: clicked.retained })
    await app.unitOfWork.single(async (tx) => tx.publish(ephemeralMessage(session.userId, post)))
  }
  return { status: 'OK', trigger_id }
}

async function clickOnPost(app: App, session: Session, postId: string, actionId: string): Promise<Clicked> {
  const post = await changeablePost(app, session, postId)
  const action = findAction(post.props, actionId)
  if (!action) throw actionError('api.post.do_action.action_id.app_error')
  return {
    action,
    channelId: post.channel_id,
    rootId: post.root_id || post.id,
    retained: retainedProps(post.props),
    update: ({ message, props }) => updateByIntegration(app, post, { message: message ?? '', props: props ?? null }),
  }
}

/** The reader of an ephemeral post clicks; nobody else has its cookie. */
async function clickOnEphemeral(app: App, session: Session, postId: string, sealed: string): Promise<Clicked> {
  const cookie = await openActionCookie(app, sealed, postId)
  const channelId = cookie.channel_id
  if (!(await app.access.canReadChannel(session, channelId))) throw noPermission('read_channel_content')
  return {
    action: cookie,
    channelId,
    rootId: cookie.root_post_id ?? '',
    retained: cookie.retain_props ?? {},
    update: (answer) => updateEphemeral(app, session, cookie, answer),
  }
}

/** Shows the reader the ephemeral post as it is now; nothing is stored. */
async function updateEphemeral(
  app: App,
  reader: Session,
  cookie: ActionCookie,
  { message, props }: NonNullable<IntegrationAnswer['update']>,
): Promise<void> {
  checkMessage(app, message ?? '')
  const authorId = cookie.user_id ?? ''
  const author = authorSession(authorId, await app.access.user(authorId))
  const made = ephemeralPost({
    authorId,
    channelId: cookie.channel_id,
    rootId: cookie.root_post_id ?? '',
    message: message ?? '',
    props: { ...(await ownProps(app, author, props ?? {})), ...cookie.retain_props },
  })
  const create_at = cookie.create_at ?? made.create_at
  const shown = await withActionCookies(app, { ...made, id: cookie.post_id, create_at })
  const to = { userId: reader.userId, channelId: shown.channel_id }
  await app.unitOfWork.single(async (tx) => tx.publish(event('post_edited', to, { post: JSON.stringify(shown) })))
}

/** What the integration is told. */
async function requestOf(
  app: Pick<App, 'access'>,
  { action, channelId }: Clicked,
  facts: { user_id: string; post_id: string; trigger_id: string },
  selectedOption: string,
): Promise<object> {
  const [user, channel] = await Promise.all([app.access.user(facts.user_id), app.access.channel(channelId)])
  const team = channel?.teamId ? await app.access.team(channel.teamId) : null
  const context = { ...action.integration.context, ...(selectedOption && { selected_option: selectedOption }) }
  return {
    user_id: facts.user_id,
    user_name: user?.username ?? '',
    channel_id: channelId,
    channel_name: channel?.name ?? '',
    team_id: team?.id ?? '',
    team_domain: team?.name ?? '',
    post_id: facts.post_id,
    trigger_id: facts.trigger_id,
    type: action.type ?? '',
    data_source: action.data_source ?? '',
    ...(Object.keys(context).length > 0 && { context }),
  }
}
