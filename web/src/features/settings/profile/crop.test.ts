import { expect, test } from 'vitest'
import { cropRect, keepInside } from './crop.ts'

const wide = { width: 400, height: 200 }

test('the square is as large as the picture allows, in its middle', () => {
  expect(cropRect(wide, { x: 0.5, y: 0.5, zoom: 1 })).toEqual({ left: 100, top: 0, size: 200 })
})

test('the square never leaves the picture', () => {
  const corner = keepInside(wide, { x: -3, y: 9, zoom: 2 })
  expect(cropRect(wide, corner)).toEqual({ left: 0, top: 100, size: 100 })
  expect(keepInside(wide, { x: 0.5, y: 0.2, zoom: 1 }).y).toBe(0.5)
})
