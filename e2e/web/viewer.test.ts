import type { CDPSession, Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { pngFile } from './files.fixture.ts'
import { field, Journey, list, post } from './journey.fixture.ts'

const here = new Journey()
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true }

/** Sends a file as another client would. */
async function send(name: string, type: string, bytes: Uint8Array<ArrayBuffer>, message: string): Promise<void> {
  const form = new FormData()
  form.set('channel_id', here.team.townSquare)
  form.append('files', new Blob([bytes], { type }), name)
  const headers = { Authorization: `Bearer ${here.jiho.token}` }
  const answer = await fetch(`${here.server.url}/api/v4/files`, { method: 'POST', headers, body: form })
  const { file_infos: infos } = (await answer.json()) as { file_infos: { id: string }[] }
  await here.say(here.jiho, here.team.townSquare, message, { file_ids: infos.map(({ id }) => id) })
}

const picture = (width: number, height: number): Uint8Array<ArrayBuffer> =>
  new Uint8Array(pngFile(width, height, [90, 70, 200]))

/** A real film of half a second, made by the browser. */
async function film(page: Page): Promise<Uint8Array<ArrayBuffer>> {
  const text = await page.evaluate(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 180 })
    const pen = canvas.getContext('2d')!
    const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: 'video/webm;codecs=vp8' })
    const parts: Blob[] = []
    recorder.ondataavailable = ({ data }) => void parts.push(data)
    const ended = new Promise((resolve) => (recorder.onstop = resolve))
    recorder.start()
    for (let at = 0; at < 12; at++) {
      pen.fillStyle = `hsl(${at * 30} 70% 50%)`
      pen.fillRect(0, 0, 320, 180)
      await new Promise((resolve) => setTimeout(resolve, 40))
    }
    recorder.stop()
    await ended
    const bytes = new Uint8Array(await new Blob(parts).arrayBuffer())
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
  })
  return new Uint8Array(Buffer.from(text, 'base64'))
}

const viewer = (page: Page, name: string): Locator => page.getByRole('dialog', { name: `File ${name}` })

test('a film has its place in the post, and plays in the viewer', async () => {
  const page = await here.open(here.anna, 'channels/town-square')
  await field(page).waitFor()
  await send('garden.webm', 'video/webm', await film(page), 'a film')
  const inPost = post(page, 'a film').getByLabel('Play garden.webm')
  await inPost.waitFor()
  const box = (await inPost.boundingBox())!
  expect(box.width / box.height).toBeCloseTo(16 / 9, 1)
  await post(page, 'a film').getByRole('button', { name: 'Open garden.webm' }).click()
  const shown = viewer(page, 'garden.webm').locator('video')
  await shown.waitFor()
  const played = await shown.evaluate(async (one: HTMLVideoElement) => {
    // Sound is what browsers refuse without a press; this film has none.
    await one.play()
    while (!one.ended && one.currentTime === 0) await new Promise((resolve) => setTimeout(resolve, 20))
    return { width: one.videoWidth, height: one.videoHeight, muted: one.muted }
  })
  expect(played).toEqual({ width: 320, height: 180, muted: false })
  await page.keyboard.press('Escape')
  await viewer(page, 'garden.webm').waitFor({ state: 'detached' })
})

test('a film that no browser plays can be downloaded', async () => {
  const page = await here.open(here.anna, 'channels/town-square')
  await field(page).waitFor()
  await send('broken.mp4', 'video/mp4', new Uint8Array(Buffer.from('not a film')), 'no film')
  await post(page, 'no film').getByRole('button', { name: 'Open broken.mp4' }).click()
  await viewer(page, 'broken.mp4').getByText('cannot be shown here').waitFor()
  await viewer(page, 'broken.mp4').getByRole('link', { name: 'Download' }).first().waitFor()
})

/** Two fingers around a point, `from` px apart and then `to`. */
async function pinch(devices: CDPSession, { x, y }: { x: number; y: number }, from: number, to: number): Promise<void> {
  const fingers = (apart: number) => [
    { x: x - apart / 2, y, id: 0 },
    { x: x + apart / 2, y, id: 1 },
  ]
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { x: number; y: number; id: number }[]) =>
    devices.send('Input.dispatchTouchEvent', { type, touchPoints })
  await touch('touchStart', fingers(from).slice(0, 1))
  await touch('touchStart', fingers(from))
  for (let step = 1; step <= 8; step++) await touch('touchMove', fingers(from + ((to - from) * step) / 8))
  await touch('touchEnd', [])
}

test('two fingers enlarge a picture around what is between them; one moves it; the page stays as it is', async () => {
  await send('map.png', 'image/png', picture(1200, 800), 'a map')
  const page = await here.open(here.anna, 'channels/town-square', PHONE)
  const devices = await page.context().newCDPSession(page)
  await post(page, 'a map').getByRole('button', { name: 'Open the picture map.png' }).tap()
  const image = viewer(page, 'map.png').getByRole('img', { name: 'map.png' })
  await image.waitFor()
  await expect.poll(async () => (await image.boundingBox())?.width).toBeGreaterThan(300)
  const fitted = (await image.boundingBox())!
  const middle = { x: fitted.x + fitted.width / 4, y: fitted.y + fitted.height / 2 }
  await pinch(devices, middle, 60, 180)
  const large = (await image.boundingBox())!
  expect(large.width / fitted.width).toBeCloseTo(3, 1)
  // What was between the fingers is still there: a quarter of the picture lies left of it.
  expect((middle.x - large.x) / large.width).toBeCloseTo(0.25, 1)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x: number) =>
    devices.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y: 400 }] })
  await touch('touchStart', 300)
  for (const x of [280, 260, 240]) await touch('touchMove', x)
  await touch('touchEnd', 240)
  // An enlarged picture is moved, not swiped away.
  expect((await image.boundingBox())!.x).toBeCloseTo(large.x - 60, 0)
  expect(await page.evaluate(() => window.visualViewport?.scale)).toBe(1)
  await pinch(devices, middle, 180, 40)
  expect((await image.boundingBox())!.width).toBeCloseTo(fitted.width, 0)
})

test('a picture of one dot, or of one line, can be seen and pressed', async () => {
  await send('dot.png', 'image/png', picture(1, 1), 'a dot')
  await send('line.png', 'image/png', picture(900, 2), 'a line')
  const page = await here.open(here.anna, 'channels/town-square')
  for (const name of ['dot', 'line']) {
    const button = post(page, `a ${name}`).getByRole('button', { name: `Open the picture ${name}.png` })
    const box = (await button.boundingBox())!
    expect([box.width >= 40, box.height >= 40], name).toEqual([true, true])
  }
  await list(page).getByRole('button', { name: 'Open the picture dot.png' }).click()
  await viewer(page, 'dot.png').waitFor()
})
