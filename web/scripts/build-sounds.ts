/**
 * Writes public/static/sounds: the sounds of notifications, made of sine waves here, so that they are nobody else's.
 * `node web/scripts/build-sounds.ts`
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const RATE = 22_050
const LOUDNESS = 0.5

/** A tone that begins at `at` (s) with `from` Hz, glides to `to` and dies away with the time constant `fade` (s). */
interface Tone {
  readonly at: number
  readonly from: number
  readonly to?: number
  readonly fade: number
  readonly volume?: number
  /** loudness of the octave and the twelfth above */
  readonly overtones?: readonly [number, number]
}

/** By the names under which clients of the ecosystem store the choice. */
const SOUNDS: Record<string, { seconds: number; tones: readonly Tone[] }> = {
  bing: { seconds: 0.6, tones: [{ at: 0, from: 1046.5, fade: 0.14, overtones: [0.3, 0.12] }] },
  crackle: {
    seconds: 0.4,
    tones: [0, 0.045, 0.08, 0.15, 0.19].map((at, index) => ({ at, from: 1800 + 260 * (index % 3), fade: 0.014 })),
  },
  down: {
    seconds: 0.6,
    tones: [
      { at: 0, from: 784, fade: 0.09, overtones: [0.2, 0.05] },
      { at: 0.12, from: 523.25, fade: 0.13, overtones: [0.2, 0.05] },
    ],
  },
  hello: {
    seconds: 0.7,
    tones: [
      { at: 0, from: 659.25, fade: 0.08, overtones: [0.25, 0.08] },
      { at: 0.11, from: 880, fade: 0.16, overtones: [0.25, 0.08] },
    ],
  },
  ripple: {
    seconds: 0.7,
    tones: [0, 0.09, 0.18, 0.27].map((at, index) => ({
      at,
      from: 587.33 * 1.12 ** index,
      to: 640 * 1.12 ** index,
      fade: 0.07,
      volume: 0.8 - index * 0.12,
    })),
  },
  upstairs: {
    seconds: 0.8,
    tones: [523.25, 659.25, 783.99].map((from, index) => ({
      at: index * 0.1,
      from,
      fade: index === 2 ? 0.17 : 0.07,
      overtones: [0.18, 0.05] as const,
    })),
  },
}

/** The pressure of a tone at a time (s) after the beginning of the sound. */
function pressure({ at, from, to = from, fade, volume = 1, overtones = [0, 0] }: Tone, time: number): number {
  const t = time - at
  if (t < 0) return 0
  const phase = 2 * Math.PI * (from * t + ((to - from) * t * t) / (2 * fade * 4))
  const wave = Math.sin(phase) + overtones[0] * Math.sin(2 * phase) + overtones[1] * Math.sin(3 * phase)
  // Three milliseconds of attack: a wave that begins at once clicks.
  return volume * wave * Math.min(1, t / 0.003) * Math.exp(-t / fade)
}

/** A sound as a WAV file: one channel, 16 bits. */
export function buildSound(name: string): Buffer {
  const { seconds, tones } = SOUNDS[name]!
  const length = Math.round(seconds * RATE)
  const samples = Array.from({ length }, (_, index) =>
    tones.reduce((sum, tone) => sum + pressure(tone, index / RATE), 0),
  )
  const loudest = Math.max(...samples.map(Math.abs))
  const file = Buffer.alloc(44 + 2 * length)
  file.write('RIFF', 0)
  file.writeUInt32LE(36 + 2 * length, 4)
  file.write('WAVEfmt ', 8)
  const format = [16, 4, 1, 2, 1, 2, RATE, 4, RATE * 2, 4, 2, 2, 16, 2]
  let offset = 16
  for (let at = 0; at < format.length; at += 2) offset = file.writeUIntLE(format[at]!, offset, format[at + 1]!)
  file.write('data', 36)
  file.writeUInt32LE(2 * length, 40)
  samples.forEach((sample, index) => {
    // The end fades out, whatever is left of the tones.
    const end = Math.min(1, (length - index) / (0.03 * RATE))
    file.writeInt16LE(Math.round((sample / loudest) * LOUDNESS * end * 32_767), 44 + 2 * index)
  })
  return file
}

if (import.meta.main) {
  const folder = join(import.meta.dirname, '../public/static/sounds')
  mkdirSync(folder, { recursive: true })
  for (const name of Object.keys(SOUNDS)) writeFileSync(join(folder, `${name}.wav`), buildSound(name))
}
