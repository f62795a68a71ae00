import type { App } from '../app.ts'
import { openDirectChannel } from '../channels/open-direct.ts'
import { createSystemPost } from '../posts/system-post.ts'
import { systemBot } from '../reminders/system-bot.ts'
import { LOCAL_SESSION } from '../sessions/session.ts'
import type { Session } from '../sessions/session.ts'
import { testNotificationText } from './test-notification.texts.ts'

/** The system bot writes to the caller, in a way that every device notifies of, whatever the levels (`force_notification`). */
export async function sendTestNotification(app: App, session: Session): Promise<void> {
  const user = await app.access.user(session.userId)
  const bot = await systemBot(app)
  const channel = await openDirectChannel(app, LOCAL_SESSION, [bot.id, session.userId])
  await createSystemPost(app, {
    userId: bot.id,
    channelId: channel.id,
    message: testNotificationText(user?.locale ?? ''),
    type: '',
    props: { force_notification: 'test', from_bot: 'true' },
  })
}
