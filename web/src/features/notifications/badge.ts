import { siteAddress } from '../../client/base-path.ts'
import type { Unread } from '../../store/unread.ts'

type Marks = Pick<Unread, 'mentions' | 'unread'>

const SIZE = 64
let shown = ''
let icon: Promise<HTMLImageElement> | undefined

/** What is unread, on the icon of the tab and, where the site is installed as an app, on that of the app. */
export function showBadge({ mentions, unread }: Marks): void {
  const mark = mentions > 0 ? String(mentions) : unread ? 'unread' : ''
  if (mark === shown) return
  shown = mark
  void drawIcon({ mentions, unread }).then((address) => {
    if (shown === mark) setIcon(address)
  })
  if (!('setAppBadge' in navigator)) return
  // Refused where the site is not installed.
  const done = mark === '' ? navigator.clearAppBadge() : navigator.setAppBadge(mentions || undefined)
  done.catch(() => undefined)
}

/** Address of the icon with its mark; the plain one when there is nothing to mark. */
async function drawIcon({ mentions, unread }: Marks): Promise<string> {
  if (mentions === 0 && !unread) return siteAddress('/static/icon.svg')
  icon ??= loadImage(siteAddress('/static/icon-192.png'))
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = SIZE
  const context = canvas.getContext('2d')
  const image = await icon.catch(() => undefined)
  if (!context || !image) return siteAddress('/static/icon.svg')
  context.drawImage(image, 0, 0, SIZE, SIZE)
  if (mentions > 0) drawCount(context, mentions)
  else drawDot(context)
  return canvas.toDataURL('image/png')
}

function drawDot(context: CanvasRenderingContext2D): void {
  disc(context, SIZE * 0.78, SIZE * 0.22, SIZE * 0.2, colour('--on-accent'))
  disc(context, SIZE * 0.78, SIZE * 0.22, SIZE * 0.14, colour('--accent'))
}

function drawCount(context: CanvasRenderingContext2D, count: number): void {
  disc(context, SIZE * 0.66, SIZE * 0.34, SIZE * 0.34, colour('--mention'))
  context.fillStyle = colour('--on-mention')
  context.font = `700 ${SIZE * 0.5}px sans-serif`
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.fillText(count > 9 ? '9+' : String(count), SIZE * 0.66, SIZE * 0.37, SIZE * 0.6)
}

function disc(context: CanvasRenderingContext2D, x: number, y: number, radius: number, fill: string): void {
  context.beginPath()
  context.arc(x, y, radius, 0, 2 * Math.PI)
  context.fillStyle = fill
  context.fill()
}

/** The colour of a token as it is right now; a canvas knows no custom properties. */
function colour(token: string): string {
  const probe = document.createElement('span')
  probe.style.color = `var(${token})`
  document.body.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}

function loadImage(address: string): Promise<HTMLImageElement> {
  const image = new Image()
  image.src = address
  return image.decode().then(() => image)
}

function setIcon(address: string): void {
  const link = document.querySelector<HTMLLinkElement>('#favicon')
  if (!link) return
  link.type = address.startsWith('data:') ? 'image/png' : 'image/svg+xml'
  link.href = address
}
