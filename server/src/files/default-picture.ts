import sharp from 'sharp'
import { PICTURE_SIDE } from './images.ts'

// White letters on each of these have a contrast of at least 4.5:1.
const COLOURS = (
  'b3261e a8324f 9c2f7a 8a3a9e 6a45b0 4f4fb8 3558b5 1f62ad 0f6a9a 0b6e83 0c706a 13724f ' +
  '2b7038 456a26 5d6420 745a1c 87511b 964718 a03d1c 7a4a3a 5f5550 4d5a63 3f5f73 575a7a'
).split(' ')

/**
 * Letters as strokes on a field 4 wide and 6 high: M moves, L draws a line, Q a curve by way of its first point.
 * Drawn by hand because a bare server has no fonts.
 */
const STROKES: Record<string, string> = {
  A: 'M0 6L2 0L4 6M.7 4.1L3.3 4.1',
  B: 'M0 0L0 6L2.2 6Q4 6 4 4.4Q4 2.9 2.2 2.9L0 2.9M2 2.9Q3.6 2.9 3.6 1.4Q3.6 0 2 0L0 0',
  C: 'M4 1.2Q3.4 0 2.1 0Q0 0 0 3Q0 6 2.1 6Q3.4 6 4 4.8',
  D: 'M0 0L0 6L1.6 6Q4 6 4 3Q4 0 1.6 0L0 0',
  E: 'M3.7 0L0 0L0 6L3.7 6M0 2.9L3.1 2.9',
  F: 'M3.7 0L0 0L0 6M0 2.9L3.1 2.9',
  G: 'M4 1.2Q3.4 0 2.1 0Q0 0 0 3Q0 6 2.1 6Q4 6 4 3.3L2.3 3.3',
  H: 'M0 0L0 6M4 0L4 6M0 2.9L4 2.9',
  I: 'M2 0L2 6M1 0L3 0M1 6L3 6',
  J: 'M3.4 0L3.4 4.1Q3.4 6 1.8 6Q.4 6 .2 4.5',
  K: 'M0 0L0 6M3.8 0L0 3.6M1.4 2.4L4 6',
  L: 'M0 0L0 6L3.6 6',
  M: 'M0 6L0 0L2 3.6L4 0L4 6',
  N: 'M0 6L0 0L4 6L4 0',
  O: 'M2 0Q4 0 4 3Q4 6 2 6Q0 6 0 3Q0 0 2 0',
  P: 'M0 6L0 0L2.2 0Q4 0 4 1.7Q4 3.4 2.2 3.4L0 3.4',
  Q: 'M2 0Q4 0 4 3Q4 6 2 6Q0 6 0 3Q0 0 2 0M2.5 4.4L4.1 6.3',
  R: 'M0 6L0 0L2.2 0Q4 0 4 1.7Q4 3.4 2.2 3.4L0 3.4M2 3.4L4 6',
  S: 'M3.8 1Q3.2 0 2 0Q.2 0 .2 1.5Q.2 2.6 2 3Q4 3.4 4 4.5Q4 6 2 6Q.6 6 0 4.9',
  T: 'M0 0L4 0M2 0L2 6',
  U: 'M0 0L0 3.8Q0 6 2 6Q4 6 4 3.8L4 0',
  V: 'M0 0L2 6L4 0',
  W: 'M-.4 0L.8 6L2 1.6L3.2 6L4.4 0',
  X: 'M0 0L4 6M4 0L0 6',
  Y: 'M0 0L2 3L4 0M2 3L2 6',
  Z: 'M0 0L4 0L0 6L4 6',
  0: 'M2 0Q3.7 0 3.7 3Q3.7 6 2 6Q.3 6 .3 3Q.3 0 2 0',
  1: 'M.8 1.3L2.2 0L2.2 6M.8 6L3.6 6',
  2: 'M.2 1.6Q.4 0 2 0Q3.8 0 3.8 1.7Q3.8 2.8 2.6 3.9L.1 6L4 6',
  3: 'M.3 .9Q.9 0 2 0Q3.7 0 3.7 1.5Q3.7 2.9 1.8 2.9Q4 2.9 4 4.4Q4 6 2 6Q.6 6 0 4.9',
  4: 'M2.9 6L2.9 0L0 4.3L4 4.3',
  5: 'M3.6 0L.6 0L.4 2.8Q1.1 2.2 2 2.2Q4 2.2 4 4.1Q4 6 1.9 6Q.6 6 0 5',
  6: 'M3.5 .6Q3 0 2.3 0Q0 0 0 3.6Q0 6 2 6Q4 6 4 4.1Q4 2.3 2.1 2.3Q.4 2.3 .05 3.9',
  7: 'M0 0L4 0L1.5 6',
  8: 'M2 2.8Q.4 2.8 .4 1.4Q.4 0 2 0Q3.6 0 3.6 1.4Q3.6 2.8 2 2.8Q0 2.8 0 4.4Q0 6 2 6Q4 6 4 4.4Q4 2.8 2 2.8',
  9: 'M.5 5.4Q1 6 1.7 6Q4 6 4 2.4Q4 0 2 0Q0 0 0 1.9Q0 3.7 1.9 3.7Q3.6 3.7 3.95 2.1',
}

const UNIT = 10 // pixels per step of the stroke field
const LEFT = (PICTURE_SIDE - 4 * UNIT) / 2
const TOP = (PICTURE_SIDE - 6 * UNIT) / 2
const HALF_STROKE = 5.5

type Point = [x: number, y: number]
type Line = [from: Point, to: Point]

/**
 * The picture of a user who set none: PNG 128x128, the first letter or digit of the username in white on a colour that
 * follows from the user id (FNV-1a). A name that starts with anything else (`.`, `_`, another script) shows a person.
 * Same input, same bytes. Needs no font.
 */
export async function defaultPicture(userId: string, username: string): Promise<Buffer> {
  const [first = ''] = username.normalize('NFKD').toUpperCase()
  const strokes = Object.hasOwn(STROKES, first) ? STROKES[first]! : null
  const coverage = strokes ? letterCoverage(flatten(strokes)) : personCoverage
  const colour = Number.parseInt(COLOURS[fnv1a(userId) % COLOURS.length]!, 16)
  const ground = [colour >> 16, (colour >> 8) & 255, colour & 255]
  const pixels = Buffer.alloc(PICTURE_SIDE * PICTURE_SIDE * 3)
  for (let i = 0; i < PICTURE_SIDE * PICTURE_SIDE; i++) {
    const white = coverage((i % PICTURE_SIDE) + 0.5, Math.floor(i / PICTURE_SIDE) + 0.5)
    for (let c = 0; c < 3; c++) pixels[i * 3 + c] = Math.round(ground[c]! + (255 - ground[c]!) * white)
  }
  return sharp(pixels, { raw: { width: PICTURE_SIDE, height: PICTURE_SIDE, channels: 3 } })
    .png()
    .toBuffer()
}

/** FNV-1a of 32 bits over the UTF-8 bytes. */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  return hash
}

/** Strokes as straight lines in pixels; curves in ten pieces. */
function flatten(strokes: string): Line[] {
  const lines: Line[] = []
  let here: Point = [0, 0]
  for (const [, kind, args] of strokes.matchAll(/([MLQ])([^MLQ]+)/g)) {
    const numbers = args!.trim().split(/\s+/).map(Number)
    const end = toPixels(numbers.at(-2)!, numbers.at(-1)!)
    const via = kind === 'Q' ? toPixels(numbers[0]!, numbers[1]!) : null
    const start = here
    for (let step = 1; via && step < 10; step++) {
      const next = curve(start, via, end, step / 10)
      lines.push([here, next])
      here = next
    }
    if (kind !== 'M') lines.push([here, end])
    here = end
  }
  return lines
}

const toPixels = (x: number, y: number): Point => [LEFT + x * UNIT, TOP + y * UNIT]

function curve(from: Point, via: Point, to: Point, t: number): Point {
  const at = (i: 0 | 1) => (1 - t) ** 2 * from[i] + 2 * t * (1 - t) * via[i] + t ** 2 * to[i]
  return [at(0), at(1)]
}

/** How white a pixel is, 0 to 1: by its distance to the nearest stroke, with a soft edge one pixel wide. */
function letterCoverage(lines: Line[]): (x: number, y: number) => number {
  const margin = UNIT + HALF_STROKE
  return (x, y) => {
    if (x < LEFT - margin || x > PICTURE_SIDE - LEFT + margin) return 0
    if (y < TOP - margin || y > PICTURE_SIDE - TOP + margin) return 0
    let nearest = Infinity
    for (const line of lines) nearest = Math.min(nearest, distance(x, y, line))
    return soft(HALF_STROKE - nearest)
  }
}

function distance(x: number, y: number, line: Line): number {
  const [ax, ay] = line[0]
  const dx = line[1][0] - ax
  const dy = line[1][1] - ay
  const length = dx * dx + dy * dy
  const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length))
  return Math.sqrt((x - ax - t * dx) ** 2 + (y - ay - t * dy) ** 2)
}

/** Head and shoulders. */
function personCoverage(x: number, y: number): number {
  return Math.max(soft(21 - Math.hypot(x - 64, y - 50)), soft(38 - Math.hypot(x - 64, y - 118)))
}

const soft = (inside: number): number => Math.max(0, Math.min(1, inside + 0.5))
