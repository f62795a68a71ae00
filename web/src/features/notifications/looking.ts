import { getState } from '../../client/store.ts'
import { usePanels } from '../../shell/panels.ts'
import { currentChannelId } from '../../shell/place.ts'
import { isSeen } from './decide.ts'
import type { View } from './decide.ts'

interface Place {
  readonly channel_id: string
  readonly root_id: string
}

type Message = { readonly ask: string; readonly place: Place } | { readonly yes: string }

/** How long (ms) other windows of this browser have to say that they show it. */
const PATIENCE = 80

/** What somebody looks at in this window. */
export function currentView(): View {
  const panel = usePanels.getState().stack.at(-1)
  const inThreads = /\/threads\/(\w+)/.exec(location.pathname)?.[1]
  return {
    focused: document.visibilityState === 'visible' && document.hasFocus(),
    channelId: currentChannelId(),
    rootId: panel?.kind === 'thread' ? panel.rootId : (inThreads ?? ''),
  }
}

let others: BroadcastChannel | undefined
const waiting = new Map<string, () => void>()

/** Answers other windows of this browser that ask whether the reader looks at something here. */
export function answerOtherWindows(): void {
  if (typeof BroadcastChannel === 'undefined') return
  others = new BroadcastChannel('outpost.looking')
  others.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if ('yes' in data) waiting.get(data.yes)?.()
    else if (isSeen(getState(), data.place, currentView())) others?.postMessage({ yes: data.ask })
  })
}

/** Whether another window of this browser shows the place to the reader right now. */
export function isSeenElsewhere({ channel_id, root_id }: Place): Promise<boolean> {
  const channel = others
  if (!channel || document.hasFocus()) return Promise.resolve(false)
  const ask = crypto.getRandomValues(new Uint32Array(2)).join('-')
  return new Promise((resolve) => {
    const answer = (seen: boolean): void => {
      waiting.delete(ask)
      resolve(seen)
    }
    waiting.set(ask, () => answer(true))
    setTimeout(answer, PATIENCE, false)
    channel.postMessage({ ask, place: { channel_id, root_id } })
  })
}
