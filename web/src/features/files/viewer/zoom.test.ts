import { expect, test } from 'vitest'
import { FITTED, keepInside, MOST, zoomAt } from './zoom.ts'

const picture = { width: 400, height: 300 }
const stage = { width: 400, height: 400 }

test('what is under the pointer stays there while the picture grows', () => {
  const point = { x: 100, y: -50 }
  const view = zoomAt({ scale: 2, x: 30, y: 10 }, 1.5, point)
  const inPicture = (one: typeof view) => ({ x: (point.x - one.x) / one.scale, y: (point.y - one.y) / one.scale })
  expect(inPicture(view).x).toBeCloseTo(inPicture({ scale: 2, x: 30, y: 10 }).x)
  expect(inPicture(view).y).toBeCloseTo(inPicture({ scale: 2, x: 30, y: 10 }).y)
})

test('it never gets smaller than the window, nor larger than makes sense; fitted it is in the middle', () => {
  expect(zoomAt({ scale: 2, x: 90, y: 90 }, 0.1, { x: 5, y: 5 })).toEqual(FITTED)
  expect(zoomAt(FITTED, 100, { x: 0, y: 0 }).scale).toBe(MOST)
})

test('an edge does not leave the edge of the window', () => {
  expect(keepInside({ scale: 2, x: 1_000, y: -1_000 }, picture, stage)).toEqual({ scale: 2, x: 200, y: -100 })
  const narrow = keepInside({ scale: 1.2, x: 0, y: 50 }, picture, stage)
  expect(narrow.y).toBe(0)
})
