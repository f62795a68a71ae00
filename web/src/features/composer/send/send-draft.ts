import { useStore } from '../../../client/store.ts'
import { currentText } from '../../../shell/i18n.tsx'
import { failureText } from '../../../shell/failure.ts'
import type { Content } from '../../drafts/content.ts'
import { hasPriority } from '../../drafts/content.ts'
import { clearDraft, draftAt } from '../../drafts/drafts.ts'
import type { Place } from '../../drafts/drafts.ts'
import { uploadsOf, useUploads } from '../../files/uploads.ts'
import { sendPost } from '../../posts/send-post.ts'
import { isCommand, isUnknownCommand, runCommand } from '../commands/run-command.ts'
import { ask } from './ask.tsx'
import { obstacle } from './obstacle.ts'
import { isLong } from './limits.ts'
import { mentionQuestion } from './mention-question.ts'
import { notify, setWaiting, useNotices } from './notices.ts'
import { rememberSent } from './sent-messages.ts'

/** What is being asked or carried out: pressing Enter again must not do it twice. */
const busy = new Set<string>()

/**
 * Sends what is begun in a place: a command is carried out, anything else becomes a post. What stands in the way is said in the
 * box or asked, and nothing is lost meanwhile. Files on their way are waited for.
 */
export async function sendDraft(place: Place, { asMessage = false } = {}): Promise<void> {
  const writing = draftAt(place)
  const { key } = writing
  const content = writing.read()
  if (busy.has(key) || (content.message.trim() === '' && content.files.length + uploadsOf(key).length === 0)) return
  busy.add(key)
  try {
    if (!asMessage && isCommand(content.message) && content.files.length === 0) await carryOut(place, content)
    else if (mustWait(key)) setWaiting(key, true)
    else if (await mayGo(place, content)) post(place, content)
  } finally {
    busy.delete(key)
  }
}

function mustWait(key: string): boolean {
  const uploads = uploadsOf(key)
  if (uploads.some(({ state }) => state === 'failed')) {
    const t = currentText()
    notify(key, { text: t('composer.upload_failed', 'A file could not be uploaded. Try it again or remove it.') })
  }
  return uploads.length > 0
}

async function carryOut(place: Place, { message }: Content): Promise<void> {
  const { key } = draftAt(place)
  notify(key, undefined)
  try {
    await runCommand(message, place)
    rememberSent(message)
    clearIfSame(place, message)
  } catch (error) {
    const t = currentText()
    const send = {
      label: t('composer.send_as_message', 'Send as a message'),
      run: () => void sendDraft(place, { asMessage: true }),
    }
    notify(key, { text: failureText(error), ...(isUnknownCommand(error) && { action: send }) })
  }
}

/** What was written while a command ran stays. */
function clearIfSame(place: Place, message: string): void {
  if (draftAt(place).read().message === message) clearDraft(place)
}

async function mayGo(place: Place, content: Content): Promise<boolean> {
  const { key } = draftAt(place)
  const stands = obstacle(place, content)
  notify(key, stands ?? undefined)
  if (stands) return false
  const t = currentText()
  const { message } = content
  if (isLong(message)) {
    const lines = message.split('\n').length
    const text = t(
      'composer.ask_long',
      'It has {characters, number} characters in {lines, plural, one {# line} other {# lines}}. A file may be easier to read.',
      { characters: message.length, lines },
    )
    const title = t('composer.long_title', 'Send this long message?')
    if (!(await ask({ title, text, confirm: t('composer.send', 'Send') }))) return false
  }
  const question = await mentionQuestion(place.channelId, message).catch(() => null)
  if (!question) return true
  const title = t('composer.everyone_title', 'Notify so many people?')
  return ask({ title, text: question, confirm: t('composer.send', 'Send') })
}

function post(place: Place, { message, files, priority }: Content): void {
  const { channelId, rootId } = place
  const marked = hasPriority(priority) && rootId === '' ? { priority } : {}
  rememberSent(message)
  clearDraft(place)
  setWaiting(draftAt(place).key, false)
  void sendPost({
    channelId,
    rootId,
    message: message.trimEnd(),
    fileIds: files.map(({ id }) => id),
    metadata: { ...marked, ...(files.length > 0 && { files }) },
  })
}

/** What waited for its files goes when they are there; a failed one ends the waiting. */
useUploads.subscribe(() => {
  for (const key of useNotices.getState().waiting) {
    const uploads = uploadsOf(key)
    const failed = uploads.some(({ state }) => state === 'failed')
    if (uploads.length > 0 && !failed) continue
    setWaiting(key, false)
    const place = placeOf(key)
    if (failed) mustWait(key)
    else if (useStore.getState().channels[place.channelId]) void sendDraft(place)
  }
})

function placeOf(key: string): Place {
  const [channelId = '', rootId = ''] = key.split(':')
  return { channelId, rootId }
}
