import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Action, Command, Path } from '../../cli/command.ts'
import { pathName } from '../../cli/command.ts'
import { helpText } from '../../cli/help.ts'

/** Writes one page of Markdown for each command. */
export const docs =
  (root: Command): Action =>
  async ({ flags, out }) => {
    const folder = flags.text('directory')
    await mkdir(folder, { recursive: true })
    const pages = pagesOf([root])
    for (const path of pages) {
      const text = `# ${pathName(path)}\n\n\`\`\`text\n${helpText(path)}\`\`\`\n`
      await writeFile(join(folder, `${pathName(path).replaceAll(' ', '_')}.md`), text)
    }
    out.print(`${pages.length} pages written to ${folder}`)
  }

function pagesOf(path: Path): Path[] {
  const below = (path.at(-1)!.commands ?? []).filter((one) => !one.hidden)
  return [path, ...below.flatMap((one) => pagesOf([...path, one]))]
}
